using System.Diagnostics;
using System.Text.Json;

namespace OrleansAtlas.Tests;

/// <summary>The odd and broken files of ../shared/cases, as a person would index them: each gives what is right for it.</summary>
public sealed class CasesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        // .NET cannot remove what it cannot name.
        using var remove = Process.Start("rm", ["-rf", _folder["films"]]);
        remove.WaitForExit();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_case_gives_its_frames_and_its_state()
    {
        var cases = TestFiles.Shared("cases");
        string[] folders = [.. ((string[])["films", "clocks", "photos"]).Select(folder => Path.Combine(cases, folder))];
        var run = await new Atlas(_folder["store"]).RunAsync([
            "index",
            .. folders,
            "-c",
            "cases",
            "--fps",
            "2",
            "--model",
            "resnet18",
            "--json",
        ]);
        Assert.Equal(1, run.ExitCode);
        var frames = run
            .Json.GetProperty("done")
            .EnumerateArray()
            .ToDictionary(film => film.GetProperty("name").GetString()!, film => film.GetProperty("frames").GetInt32());
        var right = new Dictionary<string, int>
        {
            ["camera-raw.dng"] = 1,
            ["claims-50-hours.flv"] = 60,
            ["cover-first-unflagged.mp4"] = 20,
            ["dvd-two-cells.vob"] = 20,
            ["glued-clock-jumps-back.ts"] = 48,
            ["glued-same-clock.ts"] = 48,
            ["half-downloaded.mp4"] = 24,
            ["hole.mp4"] = 37,
            ["many-b.mp4"] = 60,
            ["pause.mp4"] = 40,
            ["raw.h264"] = 20,
            ["raw.hevc"] = 20,
            ["raw.m2v"] = 20,
            ["raw.mjpeg"] = 20,
            ["seek-garbage.mp4"] = 28,
            ["slides.mkv"] = 10,
            ["trailing-1.jpg"] = 1,
            ["two-small-first.mkv"] = 20,
        };
        Assert.Equal(right.OrderBy(film => film.Key, StringComparer.Ordinal), frames.OrderBy(film => film.Key, StringComparer.Ordinal));

        Assert.Equal(["half-downloaded.mp4", "hole.mp4"], Names(run.Json, "damaged"));
        Assert.Contains("from 6.5 to 18 s", Reason(run.Json, "damaged", "hole.mp4"), StringComparison.Ordinal);
        Assert.Contains(
            "36 of 60 samples are missing, from 12 to 30 s",
            Reason(run.Json, "damaged", "half-downloaded.mp4"),
            StringComparison.Ordinal
        );
        Assert.Equal(["cut-baseline.jpg", "encrypted.mp4"], Names(run.Json, "failed"));
        Assert.Contains("Premature end", Reason(run.Json, "failed", "cut-baseline.jpg"), StringComparison.Ordinal);
        Assert.Contains("encrypted", Reason(run.Json, "failed", "encrypted.mp4"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_begins_between_keyframes_is_whole_and_one_behind_a_link_is_the_film_it_leads_to()
    {
        string[] source =
        [
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=96x54:rate=25",
            "-t",
            "12",
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p",
            "-g",
            "50",
        ];
        Directory.CreateDirectory(_folder["films"]);
        await Clips.FfmpegAsync([.. source, _folder["a.ts"]]);
        var bytes = File.ReadAllBytes(_folder["a.ts"]);
        File.WriteAllBytes(_folder["films", "a.ts"], bytes[(188 * (bytes.Length / 188 / 4))..]);
        await Clips.FfmpegAsync([.. source, _folder["b.mkv"]]);
        File.WriteAllBytes(_folder["cut.mkv"], File.ReadAllBytes(_folder["b.mkv"])[..^9000]);
        File.CreateSymbolicLink(_folder["films", "cut.mkv"], _folder["cut.mkv"]);

        var run = await new Atlas(_folder["store"]).RunAsync(
            "index",
            _folder["films"],
            "-c",
            "films",
            "--fps",
            "2",
            "--model",
            "resnet18",
            "--json"
        );
        Assert.Equal(["a.ts", "cut.mkv"], Names(run.Json, "done"));
        Assert.Equal(["cut.mkv"], Names(run.Json, "damaged"));
    }

    [Fact]
    public async Task Names_that_are_not_UTF_8_are_indexed_and_shown_escaped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "such names are Linux's");
        await Clips.FfmpegAsync(["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=10", "-t", "2", _folder["a.mp4"]]);
        await Clips.FfmpegAsync(["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=10", "-frames:v", "1", _folder["a.jpg"]]);
        var script =
            "cd \"$0\" && mkdir -p films/d$(printf '\\374')r && mv a.mp4 films/caf$(printf '\\351').mp4"
            + " && mv a.jpg films/d$(printf '\\374')r/a.jpg";
        using var move = Process.Start("sh", ["-c", script, _folder.Path]);
        await move.WaitForExitAsync(TestContext.Current.CancellationToken);
        var atlas = new Atlas(_folder["store"]);
        var index = await atlas.JsonAsync("index", _folder["films"], "-c", "films", "--fps", "2", "--model", "resnet18");
        Assert.Equal(["caf\\xe9.mp4", "d\\xfcr/a.jpg"], Names(index, "done"));
        Assert.Equal(0, (await atlas.JsonAsync("index", _folder["films"], "-c", "films")).GetProperty("newFrames").GetInt32());
        Assert.Equal(0, (await atlas.RunAsync("mosaic", "-c", "films", "-o", _folder["m.png"], "--originals")).ExitCode);
    }

    private static IEnumerable<string> Names(JsonElement report, string list) =>
        report.GetProperty(list).EnumerateArray().Select(file => file.GetProperty("name").GetString()!);

    private static string Reason(JsonElement report, string list, string name) =>
        report
            .GetProperty(list)
            .EnumerateArray()
            .Single(file => file.GetProperty("name").GetString() == name)
            .GetProperty("reason")
            .GetString()!;
}
