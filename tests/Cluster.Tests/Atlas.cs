using System.Diagnostics;
using System.Text.Json;

namespace OrleansAtlas.Tests;

/// <summary>The real client, started as a person would.</summary>
internal static class Atlas
{
    private static string Program { get; } = TestFiles.Built("Client", "atlas");

    /// <summary>Starts and leaves the rest to the caller.</summary>
    public static Process Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    /// <inheritdoc cref="Start(string[])"/>
    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs to the end.</summary>
    public static async Task<AtlasRun> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await AtlasRun.EndOfAsync(process);
    }

    /// <summary>Runs with --json and must succeed.</summary>
    public static async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        var run = await RunAsync([.. arguments, "--json"]);
        Assert.True(run.ExitCode == 0, $"atlas {string.Join(' ', arguments)} ended with {run.ExitCode}: {run.Error}{run.Output}");
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
