using System.Diagnostics;

namespace OrleansAtlas.Tests;

/// <summary>Test programs in processes of their own, for what holds for a whole process.</summary>
internal static class TestProgram
{
    /// <summary>Runs a program to its end, which must be a good one.</summary>
    /// <param name="limit">Longest that it may take; it is ended after that.</param>
    /// <param name="environment">Variables that are set, or taken away where they are null.</param>
    /// <param name="program">The program and its arguments.</param>
    /// <returns>What it said.</returns>
    public static async Task<string> RunAsync(TimeSpan limit, IReadOnlyDictionary<string, string?> environment, params string[] program)
    {
        var start = new ProcessStartInfo(program[0], program[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(limit);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(end.Token), process.StandardError.ReadToEndAsync(end.Token));
            await process.WaitForExitAsync(end.Token);
            var said = await output + await error;
            Assert.True(process.ExitCode == 0, $"{string.Join(' ', program)} ended with {process.ExitCode}:\n{said}");
            return said;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
