using System.Diagnostics;
using System.Globalization;

namespace OrleansAtlas.Tests;

/// <summary>Memory does not grow with the length of films or the number of photos.</summary>
[Trait("Category", "Long")]
public sealed class LongFilmTests : IDisposable
{
    private const long MostBytes = 1_500_000_000;

    // 100,000 take most of an hour on two cores; ATLAS_LONG_PHOTOS takes fewer.
    private static readonly int Photos = int.Parse(
        Environment.GetEnvironmentVariable("ATLAS_LONG_PHOTOS") ?? "100000",
        CultureInfo.InvariantCulture
    );

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_film_of_ten_hours()
    {
        LongTests.Require();
        var film = _folder["films", "long.mp4"];
        Directory.CreateDirectory(Path.GetDirectoryName(film)!);
        var original = TestFiles.Shared("footage", "mdn-shared-assets", "tears-of-steel-battle-clip-medium.webm");
        await Clips.FfmpegAsync(
            "-i",
            original,
            "-an",
            "-vf",
            "scale=1920:-2",
            "-g",
            "48",
            "-crf",
            "38",
            "-preset",
            "veryfast",
            "-pix_fmt",
            "yuv420p",
            _folder["once.mp4"]
        );
        await Clips.FfmpegAsync("-stream_loop", "511", "-i", _folder["once.mp4"], "-c", "copy", film);
        var peak = await PeakAsync("index", _folder["films"], "-c", "films", "--fps", "0.1");
        var frames = (await new Atlas(_folder["store"]).JsonAsync("status", "-c", "films")).GetProperty("frames").GetInt32();
        Say($"{frames} frames, at most {peak / 1e6:0} MB");
        Assert.InRange(frames, 3600, 3700);
        Assert.InRange(peak, 1, MostBytes);
    }

    [Fact]
    public async Task A_folder_of_a_hundred_thousand_photos()
    {
        LongTests.Require();
        var originals = Directory
            .GetFiles(TestFiles.Shared("photos", "caltech101"), "*.jpg", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)
            .ToList();
        var photos = _folder["photos"];
        for (var i = 0; i < Photos; i++)
        {
            // Each is another file: bytes after the end of the picture.
            var path = Path.Combine(photos, $"{i / 1000:000}", $"{i:000000}.jpg");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, [.. originals[i % originals.Count], .. BitConverter.GetBytes(i)]);
        }

        var clock = Stopwatch.StartNew();
        var peak = await PeakAsync("index", photos, "-c", "photos");
        var first = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var again = await new Atlas(_folder["store"]).JsonAsync("index", photos, "-c", "photos");
        Say($"{Photos} photos in {first:0} s, at most {peak / 1e6:0} MB; the same again in {clock.Elapsed.TotalSeconds:0} s");
        Assert.Equal(0, again.GetProperty("newFrames").GetInt32());
        Assert.InRange(peak, 1, MostBytes);
    }

    // Goes into tests/long-results.md.
    private static void Say(string result) => TestContext.Current.TestOutputHelper?.WriteLine(result);

    /// <summary>Runs the program and gives the most memory that it and its children held at once, looked at ten times a second.</summary>
    private async Task<long> PeakAsync(params string[] arguments)
    {
        using var process = new Atlas(_folder["store"]).Start(arguments);
        var output = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, ProcessTree(process.Id).Sum(Resident));
            await Task.Delay(100);
        }

        _ = await output.Item1;
        Assert.True(process.ExitCode == 0, await output.Item2);
        return peak;
    }

    private static IEnumerable<int> ProcessTree(int root)
    {
        yield return root;
        var children = $"/proc/{root}/task";
        foreach (var task in Directory.Exists(children) ? Directory.GetDirectories(children) : [])
        {
            var file = Path.Combine(task, "children");
            var text = File.Exists(file) ? ReadOrEmpty(file) : "";
            foreach (
                var child in text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .SelectMany(id => ProcessTree(int.Parse(id, CultureInfo.InvariantCulture)))
            )
            {
                yield return child;
            }
        }
    }

    private static long Resident(int process) =>
        ReadOrEmpty($"/proc/{process}/statm").Split(' ') is [_, var pages, ..]
            ? long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize
            : 0;

    // A process may end while it is being looked at.
    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
