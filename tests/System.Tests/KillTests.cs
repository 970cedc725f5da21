using System.Diagnostics;
using System.Globalization;
using OrleansAtlas.Tests.Corpus;

namespace OrleansAtlas.Tests;

/// <summary>Stopping it anywhere loses nothing: it goes on, computes nothing twice, and ends with the same bytes.</summary>
public sealed class KillTests(IndexedClips clips) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_killed_three_times_ends_with_the_same_bytes() => await KillAndCompareAsync(3, 1);

    [Fact]
    [Trait("Category", "Long")]
    public async Task Runs_killed_many_times_end_with_the_same_bytes()
    {
        LongTests.Require();

        // Fifty, or as many as ATLAS_KILLS says, ten to a run.
        var kills = int.Parse(Environment.GetEnvironmentVariable("ATLAS_KILLS") ?? "50", CultureInfo.InvariantCulture);
        for (var seed = 2; kills > 0; seed++, kills -= 10)
        {
            await KillAndCompareAsync(Math.Min(kills, 10), seed);
        }
    }

    [Fact]
    public async Task Three_processes_share_a_folder_and_one_of_them_dies()
    {
        clips.CopyTo(_folder["whole"]);
        var atlas = new Atlas(_folder["shared"]);

        // The same folder in other words, so that its ffmpeg is told from those of the others.
        var dying = _folder["shared", "."];
        string[] Arguments(int shard) => ["index", clips.Folder, "-c", "films", "--fps", "4", "--shard", $"{shard}/3"];
        using var first = atlas.Start(Arguments(0));
        using var second = new Atlas(dying).Start(Arguments(1));
        using var third = atlas.Start(Arguments(2));
        await Atlas.UntilAsync(second, () => ProgramsOf(dying).Contains("ffmpeg"));
        await Atlas.KillAsync(second);
        Assert.All(await Task.WhenAll(AtlasRun.EndOfAsync(first), AtlasRun.EndOfAsync(third)), run => Assert.Equal(0, run.ExitCode));
        Assert.Equal(0, (await atlas.RunAsync(Arguments(1))).ExitCode);

        var last = await atlas.JsonAsync("index", clips.Folder, "-c", "films");
        Assert.Equal(0, last.GetProperty("newFrames").GetInt32());
        StoreBytes.AssertSame(_folder["whole"], _folder["shared"]);
    }

    [Fact]
    public async Task Ctrl_C_ends_with_130_and_leaves_no_process()
    {
        var store = _folder["stopped"];
        using var process = new Atlas(store).Start("index", clips.Folder, "-c", "films", "--keep", "1");
        await Atlas.UntilAsync(process, () => ProgramsOf(store).Contains("ffmpeg"));
        using var signal = Process.Start("kill", ["-INT", $"{process.Id}"]);
        var run = await AtlasRun.EndOfAsync(process);
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("cancelled", run.Sentence);
        Assert.Empty(ProgramsOf(store));
    }

    /// <summary>The names of all processes that have the store in their environment. Nothing else tells them from those of other tests,
    /// which read the same films at the same time.</summary>
    private static List<string> ProgramsOf(string store) => [.. ProcessTree.Of(store).Select(process => process.Name)];

    private async Task KillAndCompareAsync(int kills, int seed)
    {
        var (whole, killed) = (_folder["whole"], _folder[$"killed-{seed}"]);
        if (!Directory.Exists(whole))
        {
            clips.CopyTo(whole);
        }

        // Anywhere in the first two thirds of what a run writes: the last files come too fast to be sure to hit it.
        var (random, most) = (new Random(seed), ArtifactsIn(whole) * 2 / 3);
        var atlas = new Atlas(killed);
        string[] arguments = ["index", clips.Folder, "-c", "films", "--fps", "4"];
        for (var kill = 0; kill < kills; kill++)
        {
            var before = ArtifactsIn(killed);
            var wanted = before + 1 + random.Next((most - before) / (kills - kill));
            using var process = atlas.Start(arguments);
            await Atlas.UntilAsync(process, () => ArtifactsIn(killed) >= wanted);
            await Atlas.KillAsync(process);
        }

        var last = await atlas.JsonAsync(arguments);
        StoreBytes.AssertSame(whole, killed);

        // Also what a run had done just before it was killed is told of, by the one after it.
        var since = await atlas.JsonAsync("status", "-c", "films", "--since", "1h");
        Assert.Equal(
            last.GetProperty("done").EnumerateArray().Select(film => film.GetProperty("name").GetString()).Order(StringComparer.Ordinal),
            since.GetProperty("changes").GetProperty("new").EnumerateArray().Select(name => name.GetString())
        );
        Assert.Empty(Directory.GetFiles(killed, "begun.json", SearchOption.AllDirectories));
    }

    private static int ArtifactsIn(string store) =>
        Directory.Exists(store)
            ? Directory
                .EnumerateFiles(store, "*", SearchOption.AllDirectories)
                .Count(path => !Path.GetFileName(path).StartsWith(".writing-", StringComparison.Ordinal))
            : 0;
}
