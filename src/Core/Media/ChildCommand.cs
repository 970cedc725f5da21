using System.Diagnostics;
using System.Globalization;

namespace OrleansAtlas.Media;

/// <summary>How a child process is started: its arguments as they are, under <c>prlimit</c> where its address space has a limit.</summary>
internal static class ChildCommand
{
    private static readonly Lazy<string?> Prlimit = new(() => OnPath("prlimit"));

    /// <summary>Starts a program without a shell; its input is empty, its output comes through pipes.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, long? addressSpace)
    {
        var start =
            addressSpace is { } bytes && Prlimit.Value is { } prlimit
                ? new ProcessStartInfo(prlimit, [string.Create(CultureInfo.InvariantCulture, $"--as={bytes}"), program, .. arguments])
                : new ProcessStartInfo(program, arguments);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Looks for a program in the folders of PATH.</summary>
    public static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
            .FirstOrDefault(File.Exists);
}
