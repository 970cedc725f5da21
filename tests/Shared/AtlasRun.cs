using System.Diagnostics;
using System.Text.Json;

namespace OrleansAtlas.Tests;

/// <summary>How a run ended.</summary>
internal sealed record AtlasRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The one sentence on standard error that starts with the program's name.</summary>
    public string Sentence => Assert.Single(Error.Split('\n'), line => line.StartsWith("atlas: ", StringComparison.Ordinal));

    /// <summary>What a process said, when it has ended; it is killed where it does not end within 8 minutes, or the limit.</summary>
    public static async Task<AtlasRun> EndOfAsync(Process process, TimeSpan? limit = null)
    {
        using var end = new CancellationTokenSource(limit ?? Limit);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(end.Token), process.StandardError.ReadToEndAsync(end.Token));
        try
        {
            await process.WaitForExitAsync(end.Token);
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
