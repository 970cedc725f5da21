using System.Diagnostics;
using System.Text.Json;

namespace OrleansAtlas.Tests.Corpus;

/// <summary>Many odd and damaged files beside good ones: each is done, damaged, failed or left out by name, the good ones are whole, and
/// nothing is left behind.</summary>
public sealed class CorpusTests : IDisposable
{
    private const long MostBytes = 1_500_000_000;
    private const int FramesOfAFilm = 8;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_part_of_the_corpus() => IndexAsync(every: 9);

    [Fact]
    [Trait("Category", "Long")]
    public Task The_whole_corpus()
    {
        LongTests.Require();
        return IndexAsync(every: 1);
    }

    private async Task IndexAsync(int every)
    {
        var (films, store, temporary) = (_folder["films"], _folder["store"], Directory.CreateDirectory(_folder["tmp"]).FullName);
        await CorpusFiles.MakeAsync(films, every);
        var names = Directory.EnumerateFiles(films).Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);
        var atlas = new Atlas(store) { Temporary = temporary };

        var clock = Stopwatch.StartNew();
        var (run, most) = await ProcessTree.WatchAsync(store, atlas.RunAsync("index", films, "-c", "corpus", "--fps", "2", "--json"));
        var seconds = clock.Elapsed.TotalSeconds;

        Assert.True(run.ExitCode is 0 or 1 && run.Output.Length > 0, $"atlas index ended with {run.ExitCode}: {run.Error}");
        var (done, damaged, failed, ignored) = (Names(run, "done"), Names(run, "damaged"), Names(run, "failed"), Names(run, "ignored"));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{names.Count} files: {done.Count} done, {damaged.Count} of them damaged, {failed.Count} failed, {ignored.Count} left out, "
                + $"in {seconds:0} s, at most {most / 1e6:0} MB"
        );
        Assert.Equal([], names.Except(done).Except(damaged).Except(failed).Except(ignored));
        Assert.Equal(
            [],
            CorpusFiles.WholeFilms.Concat(CorpusFiles.WholePhotos).Where(name => !done.Contains(name) || damaged.Contains(name))
        );
        Assert.All(
            run.Json.GetProperty("done").EnumerateArray().Where(film => CorpusFiles.WholeFilms.Contains(Name(film))),
            film => Assert.Equal((Name(film), FramesOfAFilm), (Name(film), film.GetProperty("frames").GetInt32()))
        );
        Assert.All(run.Json.GetProperty("failed").EnumerateArray(), file => Assert.EndsWith(".", file.GetProperty("reason").GetString()));
        Assert.InRange(most, 1, MostBytes);
        Assert.Empty(ProcessTree.Of(store));
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary));

        await AssertNothingSilentAsync(run, films, done.Except(damaged));
        var again = await atlas.RunAsync("index", films, "-c", "corpus", "--json");
        Assert.Equal((run.ExitCode, 0), (again.ExitCode, again.Json.GetProperty("newFrames").GetInt32()));
        Assert.Equal(0, (await atlas.RunAsync("verify", "-c", "corpus")).ExitCode);
    }

    // What is called done has all the frames that ffmpeg decodes from beginning to end.
    private static async Task AssertNothingSilentAsync(AtlasRun run, string films, IEnumerable<string> whole)
    {
        var frames = run.Json.GetProperty("done").EnumerateArray().ToDictionary(Name, film => film.GetProperty("frames").GetInt32());
        var silent = new List<string>();
        foreach (
            var name in whole.Where(name =>
                !CorpusFiles.WholePhotos.Any(photo => name.EndsWith(Path.GetExtension(photo), StringComparison.Ordinal))
            )
        )
        {
            var decoded = await DecodedAsync(Path.Combine(films, name));

            // Of ten a second every fifth is wanted, of 25 every twelfth or thirteenth.
            var wanted = decoded / (name.StartsWith("mpeg2", StringComparison.Ordinal) ? 12.5 : 5);
            if (frames[name] < Math.Min(Math.Floor(wanted), FramesOfAFilm) - 1)
            {
                silent.Add($"{name}: {frames[name]} frames, ffmpeg decodes {decoded}");
            }
        }

        Assert.Empty(silent);
    }

    private static async Task<int> DecodedAsync(string path)
    {
        using var ffmpeg = Process.Start(
            new ProcessStartInfo("ffmpeg", ["-nostdin", "-v", "quiet", "-i", path, "-map", "0:v:0", "-f", "framehash", "-"])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var lines = await ffmpeg.StandardOutput.ReadToEndAsync();
        await ffmpeg.WaitForExitAsync();
        return lines.Split('\n').Count(line => line.Length > 0 && line[0] != '#');
    }

    private static HashSet<string> Names(AtlasRun run, string list) =>
        run.Json.TryGetProperty(list, out var files) ? files.EnumerateArray().Select(Name).ToHashSet(StringComparer.Ordinal) : [];

    private static string Name(JsonElement file) => file.GetProperty("name").GetString()!;
}
