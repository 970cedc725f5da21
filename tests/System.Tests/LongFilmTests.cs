using System.Diagnostics;
using System.Globalization;

namespace OrleansAtlas.Tests;

/// <summary>Memory does not grow with the length of films or the number of photos.</summary>
[Trait("Category", "Long")]
public sealed class LongFilmTests : IDisposable
{
    private const long MostBytes = 1_500_000_000;

    // 100,000 take an hour on two cores; ATLAS_LONG_PHOTOS takes fewer.
    private static readonly int Photos = int.Parse(Environment.GetEnvironmentVariable("ATLAS_LONG_PHOTOS") ?? "100000", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_film_of_ten_hours()
    {
        LongTests.Require();
        var film = _folder["films", "long.mp4"];
        Directory.CreateDirectory(Path.GetDirectoryName(film)!);
        await Clips.FfmpegAsync("-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=25", "-t", "60", "-g", "50", "-preset", "veryfast", "-pix_fmt", "yuv420p", _folder["minute.mp4"]);
        await Clips.FfmpegAsync("-stream_loop", "599", "-i", _folder["minute.mp4"], "-c", "copy", film);
        var peak = await PeakAsync("index", _folder["films"], "-c", "films", "--fps", "0.1");
        Assert.InRange(peak, 1, MostBytes);
    }

    [Fact]
    public async Task A_folder_of_a_hundred_thousand_photos()
    {
        LongTests.Require();
        var photos = Directory.CreateDirectory(_folder["photos"]).FullName;
        await Clips.FfmpegAsync("-f", "lavfi", "-i", "testsrc2=size=320x240:rate=25", "-frames:v", "100", _folder["photo%03d.jpg"]);
        var originals = Directory.GetFiles(_folder.Path, "photo*.jpg").Select(File.ReadAllBytes).ToList();
        for (var i = 0; i < Photos; i++)
        {
            // Each is another file: bytes after the end of the picture.
            var path = Path.Combine(photos, $"{i / 1000:000}", $"{i:000000}.jpg");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, [.. originals[i % originals.Count], .. BitConverter.GetBytes(i)]);
        }

        var peak = await PeakAsync("index", photos, "-c", "photos");
        Assert.InRange(peak, 1, MostBytes);
        var again = Stopwatch.StartNew();
        await new Atlas(_folder["store"]).JsonAsync("index", photos, "-c", "photos");
        TestContext.Current.SendDiagnosticMessage($"the same again: {again.Elapsed.TotalSeconds:0} s, peak {peak / 1e6:0} MB");
    }

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
            foreach (var child in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(id => ProcessTree(int.Parse(id, CultureInfo.InvariantCulture))))
            {
                yield return child;
            }
        }
    }

    private static long Resident(int process) =>
        ReadOrEmpty($"/proc/{process}/statm").Split(' ') is [_, var pages, ..] ? long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize : 0;

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
