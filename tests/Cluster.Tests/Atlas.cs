using System.Diagnostics;
using System.Text.Json;

namespace OrleansAtlas.Tests;

/// <summary>The real client, started as a person would.</summary>
internal static class Atlas
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    private static string Program { get; } = TestFiles.Built("Client", "atlas");

    /// <summary>Starts and leaves the rest to the caller.</summary>
    public static Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(Program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    /// <summary>Runs to the end.</summary>
    public static async Task<AtlasRun> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await EndAsync(process);
    }

    /// <summary>Runs with --json and must succeed.</summary>
    public static async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var run = await RunAsync([.. arguments, "--json"]);
        Assert.True(run.ExitCode == 0, $"atlas {string.Join(' ', arguments)} ended with {run.ExitCode}: {run.Error}{run.Output}");
        return JsonDocument.Parse(run.Output).RootElement;
    }

    /// <summary>What a process said, when it has ended.</summary>
    public static async Task<AtlasRun> EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Limit);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new AtlasRun(process.ExitCode, await output, await error);
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

/// <summary>How a run ended.</summary>
internal sealed record AtlasRun(int ExitCode, string Output, string Error);
