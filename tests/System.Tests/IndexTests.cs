using System.Text.Json;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests;

public sealed class IndexTests(IndexedClips clips) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_of_films_becomes_a_map_and_pictures_of_it()
    {
        var atlas = new Atlas(_folder["store"]);
        var index = await atlas.JsonAsync("index", clips.Folder, "-c", "films", "--fps", "4");
        Assert.Equal(
            ["a/mandelbrot.mp4", "a/testsrc.mp4", "b/bars.mp4", "b/life.mkv", "cells.webm"],
            index.GetProperty("done").EnumerateArray().Select(film => film.GetProperty("name").GetString()!)
        );
        Assert.Equal(160, index.GetProperty("frames").GetInt32());

        var status = await atlas.JsonAsync("status", "-c", "films");
        Assert.All(status.GetProperty("videos").EnumerateArray(), film => Assert.Equal("done", film.GetProperty("state").GetString()));
        Assert.All(
            (string[])["collection", "frames", "model", "pca", "map", "ledger", "limitingStage"],
            name => Assert.NotEqual(JsonValueKind.Null, status.GetProperty(name).ValueKind)
        );
        Assert.All(
            (string[])["version", "trustworthiness", "continuity", "neighboursKept", "coverage", "drift"],
            name => Assert.NotEqual(JsonValueKind.Null, status.GetProperty("map").GetProperty(name).ValueKind)
        );
        Assert.InRange(status.GetProperty("map").GetProperty("trustworthiness").GetDouble(), 0.8, 1);

        var mosaic = await atlas.JsonAsync("mosaic", "-c", "films", "-o", _folder["mosaic.png"], "--tiles", "8x6", "--tile", "89x50");
        Assert.Equal(712, mosaic.GetProperty("drawn").GetProperty("width").GetInt32());
        var cells = JsonDocument.Parse(File.ReadAllText(_folder["mosaic.json"])).RootElement.GetProperty("cells");
        var shown = cells
            .EnumerateArray()
            .Select(cell => (cell.GetProperty("film").GetString(), cell.GetProperty("time").GetDouble()))
            .ToList();
        Assert.Equal(48, shown.Distinct().Count());
        await atlas.JsonAsync("scatter", "-c", "films", "-o", _folder["scatter.png"], "--colour", "trust");
        Assert.All((string[])["mosaic.png", "scatter.png"], file => Assert.True(new FileInfo(_folder[file]).Length > 10_000));
    }

    [Fact]
    public async Task The_same_again_computes_nothing()
    {
        clips.CopyTo(_folder["store"]);
        var before = StoreBytes.Of(_folder["store"]);
        var second = await new Atlas(_folder["store"]).JsonAsync("index", clips.Folder, "-c", "films");
        Assert.Equal(0, second.GetProperty("newFrames").GetInt32());
        Assert.Equal(160, second.GetProperty("map").GetProperty("frames").GetInt32());
        Assert.Equal(before, StoreBytes.Of(_folder["store"]));
    }

    [Fact]
    public async Task New_films_are_placed_beside_the_old_ones_which_stay_where_they_are()
    {
        var atlas = new Atlas(_folder["store"]);
        await atlas.JsonAsync("index", Path.Combine(clips.Folder, "a"), Path.Combine(clips.Folder, "b"), "-c", "films", "--fps", "4");
        var before = await PositionsAsync(atlas, "before");
        var second = await atlas.JsonAsync("index", Path.Combine(clips.Folder, "cells.webm"), "-c", "films");
        Assert.Equal(32, second.GetProperty("newFrames").GetInt32());
        var after = await PositionsAsync(atlas, "after");
        Assert.Equal(before.Count + 32, after.Count);
        Assert.All(before, frame => Assert.Equal(frame.Value, after[frame.Key]));
    }

    [Fact]
    public async Task Export_writes_arrays_and_frames_in_one_order()
    {
        clips.CopyTo(_folder["store"]);
        var atlas = new Atlas(_folder["store"]);
        await atlas.JsonAsync("export", "-c", "films", "--format", "npy", "-o", _folder["export"]);
        var frames = File.ReadAllLines(_folder["export", "frames.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var positions = Npy.Parse<float>(File.ReadAllBytes(_folder["export", "positions.npy"]));
        var descriptors = Npy.Parse<Half>(File.ReadAllBytes(_folder["export", "descriptors.npy"]));
        var reduced = Npy.Parse<float>(File.ReadAllBytes(_folder["export", "reduced.npy"]));
        Assert.Equal(frames.Count, positions.Shape[0]);
        Assert.Equal(frames.Count, descriptors.Shape[0]);
        Assert.Equal(frames.Count, reduced.Shape[0]);
        for (var i = 0; i < frames.Count; i++)
        {
            Assert.Equal(positions.Values[2 * i], frames[i].GetProperty("x").GetSingle());
            Assert.Equal(positions.Values[2 * i + 1], frames[i].GetProperty("y").GetSingle());
        }

        await atlas.JsonAsync("export", "-c", "films", "--format", "csv", "-o", _folder["frames.csv"]);
        Assert.Equal(frames.Count + 1, File.ReadAllLines(_folder["frames.csv"]).Length);
    }

    [Fact]
    public async Task Few_frames_get_a_map_too_and_it_is_said_how()
    {
        var atlas = new Atlas(_folder["store"]);
        var index = await atlas.JsonAsync("index", Path.Combine(clips.Folder, "a"), "-c", "films", "--fps", "1");
        Assert.Contains("PCA", index.GetProperty("map").GetProperty("note").GetString());
        var run = await atlas.RunAsync("mosaic", "-c", "films", "-o", _folder["few.png"]);
        Assert.Contains("fewer than the 198 cells of 11x18", run.Output);
        Assert.Contains("With --keep-grid", run.Output);
    }

    [Fact]
    public async Task One_photo_is_a_library_too()
    {
        await Clips.FfmpegAsync("-i", Path.Combine(clips.Folder, "a", "testsrc.mp4"), "-frames:v", "1", _folder["photo.jpg"]);
        var atlas = new Atlas(_folder["store"]);
        var index = await atlas.JsonAsync("index", _folder["photo.jpg"], "-c", "photos");
        Assert.Equal(1, index.GetProperty("map").GetProperty("frames").GetInt32());
        await atlas.JsonAsync("mosaic", "-c", "photos", "-o", _folder["one.png"]);
        await atlas.JsonAsync("status", "-c", "photos");
    }

    [Fact]
    public async Task Removed_films_and_swept_maps_are_gone()
    {
        clips.CopyTo(_folder["store"]);
        var atlas = new Atlas(_folder["store"]);
        await atlas.JsonAsync("remove", "cells.webm", "-c", "films");
        var placed = await atlas.JsonAsync("place", "-c", "films", "--rotate", "30", "--stretch", "0.5");
        Assert.Equal(128, placed.GetProperty("map").GetProperty("frames").GetInt32());
        Assert.Equal(2, (await atlas.JsonAsync("maps", "-c", "films")).GetProperty("maps").GetArrayLength());
        Assert.True((await atlas.JsonAsync("gc", "-c", "films")).GetProperty("deleted").GetInt32() > 0);
        var maps = await atlas.JsonAsync("maps", "-c", "films");
        var map = Assert.Single(maps.GetProperty("maps").EnumerateArray());
        var model = map.GetProperty("model").GetString()!;
        Assert.Equal("managed", maps.GetProperty("trainers").GetProperty(model).GetString());
        Assert.Equal("managed", (await atlas.JsonAsync("status", "-c", "films")).GetProperty("network").GetProperty("trainer").GetString());
        await atlas.JsonAsync("mosaic", "-c", "films", "-o", _folder["mosaic.jpg"]);
    }

    private async Task<Dictionary<(string, double), (float, float)>> PositionsAsync(Atlas atlas, string name)
    {
        var file = _folder[name + ".jsonl"];
        await atlas.JsonAsync("export", "-c", "films", "--format", "jsonl", "-o", file);
        return File.ReadAllLines(file)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(
                frame => (frame.GetProperty("video").GetString()!, frame.GetProperty("time").GetDouble()),
                frame => (frame.GetProperty("x").GetSingle(), frame.GetProperty("y").GetSingle())
            );
    }
}
