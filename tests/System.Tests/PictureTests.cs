using System.Text.Json;

namespace OrleansAtlas.Tests;

/// <summary>Clips that are alike, clips that are not, copies, and pictures of them.</summary>
public sealed class PictureTests(IndexedClips clips) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Similar_and_dissimilar_clips_are_found_and_drawn()
    {
        clips.CopyTo(_folder["store"]);
        var atlas = new Atlas(_folder["store"]);
        var similar = await atlas.JsonAsync(
            "similar",
            "a/testsrc.mp4@2-4",
            "-c",
            "films",
            "-k",
            "3",
            "-o",
            _folder["similar.png"],
            "--otio",
            _folder["similar.otio"]
        );
        var query = similar.GetProperty("query");
        Assert.Equal((2.0, 4.0), (query.GetProperty("from").GetDouble(), query.GetProperty("to").GetDouble()));
        Assert.InRange(query.GetProperty("end").GetDouble(), 3, 4);
        var matches = similar.GetProperty("matches").EnumerateArray().ToList();
        Assert.Equal(3, matches.Count);
        Assert.Equal("a/testsrc.mp4", matches[0].GetProperty("video").GetString());
        Assert.All(matches, match => Assert.True(match.GetProperty("end").GetDouble() >= match.GetProperty("start").GetDouble()));
        Assert.All(
            matches.Zip(matches.Skip(1)),
            pair => Assert.True(pair.First.GetProperty("score").GetDouble() >= pair.Second.GetProperty("score").GetDouble())
        );
        var timeline = JsonDocument.Parse(File.ReadAllText(_folder["similar.otio"])).RootElement;
        Assert.Equal("Timeline.1", timeline.GetProperty("OTIO_SCHEMA").GetString());
        Assert.Equal(3, timeline.GetProperty("tracks").GetProperty("children")[0].GetProperty("children").GetArrayLength());

        var dissimilar = await atlas.JsonAsync("dissimilar", "-c", "films", "-k", "3", "-o", _folder["dissimilar.webp"]);
        Assert.Equal(
            3,
            dissimilar.GetProperty("clips").EnumerateArray().Select(clip => clip.GetProperty("video").GetString()).Distinct().Count()
        );
        await atlas.JsonAsync("paths", "-c", "films", "-o", _folder["paths.jpg"]);
        Assert.All(
            (string[])["similar.png", "dissimilar.webp", "paths.jpg"],
            file => Assert.True(new FileInfo(_folder[file]).Length > 10_000)
        );
    }

    [Fact]
    public async Task A_file_that_is_not_in_the_library_is_described_and_compared()
    {
        clips.CopyTo(_folder["store"]);
        var atlas = new Atlas(_folder["store"]);
        await Clips.FfmpegAsync("-f", "lavfi", "-i", "smptehdbars=size=640x360:rate=25", "-frames:v", "1", _folder["bars.png"]);
        var similar = await atlas.JsonAsync("similar", _folder["bars.png"], "-c", "films", "-k", "1");
        Assert.Equal("b/bars.mp4", similar.GetProperty("matches")[0].GetProperty("video").GetString());
        var run = await atlas.RunAsync("similar", "nowhere.mp4", "-c", "films");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("neither a film of collection 'films' nor a file", run.Sentence);
    }

    [Fact]
    public async Task A_smaller_mirrored_and_cut_copy_is_found_and_nothing_else()
    {
        var films = _folder["films"];
        Directory.CreateDirectory(films);
        foreach (var film in Directory.GetFiles(Path.Combine(clips.Folder, "a")))
        {
            File.Copy(film, Path.Combine(films, Path.GetFileName(film)));
        }

        await Clips.FfmpegAsync(
            "-i",
            Path.Combine(films, "mandelbrot.mp4"),
            "-vf",
            "hflip,scale=240:180",
            Path.Combine(films, "mirrored.mp4")
        );
        await Clips.FfmpegAsync("-ss", "2", "-t", "4", "-i", Path.Combine(films, "testsrc.mp4"), Path.Combine(films, "cut.webm"));
        var atlas = new Atlas(_folder["store"]);
        await atlas.JsonAsync("index", films, "-c", "films", "--fps", "5");
        var copies = (await atlas.JsonAsync("copies", "-c", "films")).GetProperty("copies").EnumerateArray().ToList();
        Assert.Equal(2, copies.Count);
        var mirrored = Assert.Single(copies, copy => copy.GetProperty("kind").GetString() == "mirrored");
        Assert.Equal(
            ["mandelbrot.mp4", "mirrored.mp4"],
            ((string[])["a", "b"]).Select(side => mirrored.GetProperty(side).GetString()!).Order(StringComparer.Ordinal)
        );
        var cut = Assert.Single(copies, copy => copy.GetProperty("kind").GetString() == "part");
        var ahead = cut.GetProperty("aStart").GetDouble() - cut.GetProperty("bStart").GetDouble();
        Assert.InRange(Math.Abs(ahead), 1.8, 2.2);
    }

    [Fact]
    public async Task A_poster_has_a_page_and_takes_its_frames_from_the_films_where_they_are_there()
    {
        var films = _folder["films"];
        Directory.CreateDirectory(films);
        foreach (var film in Directory.GetFiles(Path.Combine(clips.Folder, "a")))
        {
            File.Copy(film, Path.Combine(films, Path.GetFileName(film)));
        }

        var atlas = new Atlas(_folder["store"]);
        await atlas.JsonAsync("index", films, "-c", "films", "--fps", "4");
        File.Delete(Path.Combine(films, "testsrc.mp4"));
        var drawn = (
            await atlas.JsonAsync(
                "mosaic",
                "-c",
                "films",
                "-o",
                _folder["poster.jpg"],
                "--preset",
                "a3",
                "--tiles",
                "3x4",
                "--title",
                "Two films",
                "--legend",
                "--originals"
            )
        ).GetProperty("drawn");
        Assert.Equal((3508, 4961), (drawn.GetProperty("width").GetInt32(), drawn.GetProperty("height").GetInt32()));
        var standIn = Assert.Single(drawn.GetProperty("standIns").EnumerateArray());
        Assert.Equal("testsrc.mp4", standIn.GetProperty("film").GetString());
        Assert.Contains("testsrc.mp4", standIn.GetProperty("reason").GetString());
        Assert.Equal(12, File.ReadAllText(_folder["poster.html"]).Split("<area ").Length - 1);
    }

    [Fact]
    public async Task Black_bars_are_cut_away_and_a_grid_with_too_many_cells_names_both_choices()
    {
        var films = _folder["films"];
        Directory.CreateDirectory(films);
        await Clips.FfmpegAsync(
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=480x360:rate=25,pad=640:360:80:0",
            "-t",
            "6",
            "-pix_fmt",
            "yuv420p",
            Path.Combine(films, "pillars.mp4")
        );
        File.Copy(Path.Combine(clips.Folder, "a", "testsrc.mp4"), Path.Combine(films, "whole.mp4"));
        var atlas = new Atlas(_folder["store"]);
        await atlas.JsonAsync("index", films, "-c", "films", "--fps", "4");

        var fewer = await atlas.JsonAsync("mosaic", "-c", "films", "-o", _folder["m.png"], "--tiles", "20x10", "--tile", "64x36");
        var bars = Assert.Single(fewer.GetProperty("drawn").GetProperty("barsCut").EnumerateObject());
        Assert.Equal("pillars.mp4", bars.Name);
        Assert.InRange(bars.Value.GetProperty("left").GetDouble(), 0.125, 0.132);
        Assert.InRange(bars.Value.GetProperty("right").GetDouble(), 0.125, 0.132);
        var note = fewer.GetProperty("notes")[0].GetString();
        Assert.Contains("fewer than the 200 cells of 20x10", note);
        Assert.Contains("--keep-grid", note);

        var kept = (
            await atlas.JsonAsync(
                "mosaic",
                "-c",
                "films",
                "-o",
                _folder["k.png"],
                "--tiles",
                "20x10",
                "--tile",
                "64x36",
                "--keep-grid",
                "--keep-bars"
            )
        ).GetProperty("drawn");
        Assert.Equal((1280, 360), (kept.GetProperty("width").GetInt32(), kept.GetProperty("height").GetInt32()));
        Assert.Equal(kept.GetProperty("framesInWindow").GetInt32(), kept.GetProperty("variety").GetProperty("tiles").GetInt32());
        Assert.Empty(kept.GetProperty("barsCut").EnumerateObject());
    }
}
