using System.Diagnostics;
using System.Text.Json;

namespace OrleansAtlas.Tests;

/// <summary>The real program, started as a person would.</summary>
/// <param name="store">The store; null for the one in the person's home.</param>
/// <param name="cores">Cores that it believes to have; null for those of the machine.</param>
internal sealed class Atlas(string? store, int? cores = null)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static string UserHome { get; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static string Program { get; } = TestFiles.Built("Client", "atlas");

    /// <summary>The person's home, and where the program is started; null for the home of who runs the tests.</summary>
    public string? Home { get; init; }

    /// <summary>Where it keeps temporary files; null for where the tests keep theirs.</summary>
    public string? Temporary { get; init; }

    /// <summary>Runs to the end.</summary>
    public async Task<AtlasRun> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await AtlasRun.EndOfAsync(process);
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
        if (Temporary is not null)
        {
            start.Environment["TMPDIR"] = Temporary;
        }

        if (Home is not null)
        {
            start.Environment.TryAdd("ATLAS_CACHE", Path.Combine(UserHome, ".cache", "orleans-atlas"));
            start.Environment["XDG_DATA_HOME"] = null;
            start.Environment["HOME"] = start.WorkingDirectory = Home;
        }

        if (cores is not null)
        {
            start.Environment["DOTNET_PROCESSOR_COUNT"] = $"{cores:X}";
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits until something is seen of a process that runs.</summary>
    public static async Task UntilAsync(Process process, Func<bool> seen)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!seen())
        {
            Assert.False(process.HasExited, "it ended before anything was seen of it");
            await Task.Delay(5, limit.Token);
        }
    }

    /// <summary>Kills a run and those it started, and asserts that it was still under way.</summary>
    public static async Task KillAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        Assert.Equal(128 + 9, process.ExitCode);
    }
}
