using System.Diagnostics;
using System.Text.Json;

namespace OrleansAtlas.Tests;

/// <summary>The real program, started as a person would.</summary>
internal sealed class Atlas(string store, int? cores = null)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static string Program { get; } = TestFiles.Built("Client", "atlas");

    /// <summary>Runs to the end.</summary>
    public async Task<AtlasRun> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await EndAsync(process);
    }

    /// <summary>Runs with --json and must succeed.</summary>
    public async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var run = await RunAsync([.. arguments, "--json"]);
        Assert.True(run.ExitCode == 0, $"atlas {string.Join(' ', arguments)} ended with {run.ExitCode}: {run.Error}");
        return run.Json;
    }

    /// <summary>Starts and leaves the rest to the caller.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ATLAS_STORE"] = store;
        if (cores is not null)
        {
            start.Environment["DOTNET_PROCESSOR_COUNT"] = $"{cores:X}";
        }

        return Process.Start(start)!;
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
internal sealed record AtlasRun(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The one sentence on standard error that starts with the program's name.</summary>
    public string Sentence => Assert.Single(Error.Split('\n'), line => line.StartsWith("atlas: ", StringComparison.Ordinal));
}
