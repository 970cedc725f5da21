using System.Diagnostics;
using System.Globalization;

namespace OrleansAtlas.Media;

/// <summary>How a child process is started: its arguments as they are, under <c>prlimit</c> where its address space has a limit.</summary>
internal static class ChildCommand
{
    private static readonly Lazy<string?> Prlimit = new(() => OnPath("prlimit"));

    /// <summary>Exit code of a program that took more time on processors than it was given: SIGXCPU.</summary>
    public const int OutOfProcessorTime = 128 + 24;

    // A program that does not hear the signal is killed after these seconds.
    private const int ProcessorGrace = 5;

    /// <summary>Starts a program without a shell; its input is empty, its output comes through pipes.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, ChildLimits limits)
    {
        var held = Held(limits);
        var start =
            held.Count > 0 && Prlimit.Value is { } prlimit
                ? new ProcessStartInfo(prlimit, [.. held, program, .. arguments])
                : new ProcessStartInfo(program, arguments);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        PipeSize.Widen(process);
        return process;
    }

    private static List<string> Held(ChildLimits limits)
    {
        var held = new List<string>();
        if (limits.AddressSpace is { } bytes)
        {
            held.Add(string.Create(CultureInfo.InvariantCulture, $"--as={bytes}"));
        }

        if (limits.Processor is { } processor)
        {
            var seconds = (long)Math.Ceiling(processor.TotalSeconds);
            held.Add(string.Create(CultureInfo.InvariantCulture, $"--cpu={seconds}:{seconds + ProcessorGrace}"));
        }

        return held;
    }

    /// <summary>Looks for a program in the folders of PATH.</summary>
    public static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
            .FirstOrDefault(File.Exists);
}
