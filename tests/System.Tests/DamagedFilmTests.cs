using System.Text.Json;

namespace OrleansAtlas.Tests;

/// <summary>A film that is damaged where its content id does not look, and the same film whole: they have one length and one id.</summary>
public sealed class DamagedFilmTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private byte[] _whole = [];
    private byte[] _damaged = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var film = _folder["whole.mp4"];
        string[] picture = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10", "-vf", "noise=alls=60:allf=t", "-t", "24", "-g", "20"];
        await Clips.FfmpegAsync([.. picture, "-qscale:v", "4", "-c:v", "mpeg4", film]);
        _whole = await File.ReadAllBytesAsync(film, Cancel);
        Assert.InRange(_whole.Length, 4 << 20, 64 << 20);
        _damaged = (byte[])_whole.Clone();
        for (var block = 6; block < 8; block++)
        {
            var from = (int)((long)_whole.Length * block / 15) + (1 << 16) + 1;
            _damaged.AsSpan(from..(int)((long)_whole.Length * (block + 1) / 15)).Clear();
        }

        Directory.CreateDirectory(_folder["films"]);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Mended_where_it_is_it_is_done_anew_and_so_is_what_was_made_of_it()
    {
        Put("film.mp4", _damaged);
        var first = await IndexAsync("store");
        Assert.Equal(1, first.ExitCode);
        Assert.Equal(["film.mp4"], Names(first, "damaged"));
        Assert.Equal(["film.mp4"], Changes(first, "new"));
        Assert.InRange(first.Json.GetProperty("frames").GetInt32(), 10, 48);

        var again = await IndexAsync("store");
        Assert.Equal((1, 0), (again.ExitCode, again.Json.GetProperty("newFrames").GetInt32()));
        Assert.Empty(Changes(again, "damaged"));
        var status = await new Atlas(_folder["store"]).JsonAsync("status", "-c", "films");
        Assert.Equal("damaged", status.GetProperty("videos")[0].GetProperty("state").GetString());
        Assert.Equal(["film.mp4"], Strings((await SinceAsync()).GetProperty("damaged")));

        Put("film.mp4", _whole);
        var mended = await IndexAsync("store");
        Assert.Equal(0, mended.ExitCode);
        Assert.Equal((48, 48), (mended.Json.GetProperty("frames").GetInt32(), mended.Json.GetProperty("newFrames").GetInt32()));
        Assert.Equal(["film.mp4"], Changes(mended, "changed"));
        Assert.Empty(Strings((await SinceAsync()).GetProperty("damaged")));
        Assert.NotEqual(Map(first), Map(mended));

        // A map trained again begins with the places of the one before, but with the frames of a store that never saw the damage.
        await new Atlas(_folder["store"]).JsonAsync("train", "-c", "films");
        await IndexAsync("fresh");
        var fresh = Directory.GetFiles(_folder["fresh", "films", "statistics"]);
        Assert.NotEmpty(fresh);
        Assert.All(
            fresh,
            file =>
                Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(_folder["store", "films", "statistics", Path.GetFileName(file)]))
        );
    }

    [Fact]
    public async Task Beside_the_damaged_one_the_whole_one_is_a_film_of_its_own_and_loses_no_frame()
    {
        Put("a.mp4", _damaged);
        Put("b.mp4", _whole);
        var first = await IndexAsync("store");
        Assert.Equal(["a.mp4"], Names(first, "damaged"));
        Assert.Equal(["a.mp4", "b.mp4"], Changes(first, "new"));
        Assert.Equal(48, Frames(first, "b.mp4"));
        var again = await IndexAsync("store");
        Assert.Equal(0, again.Json.GetProperty("newFrames").GetInt32());
        Assert.Empty(Changes(again, "new"));

        File.Move(_folder["films", "b.mp4"], _folder["films", "c.mp4"]);
        var moved = await IndexAsync("store");
        Assert.Equal(0, moved.Json.GetProperty("newFrames").GetInt32());
        Assert.Equal(
            "c.mp4",
            Assert.Single(moved.Json.GetProperty("changes").GetProperty("moved").EnumerateArray()).GetProperty("to").GetString()
        );

        Put("a.mp4", _whole);
        var mended = await IndexAsync("store");
        Assert.Equal((0, 0), (mended.ExitCode, mended.Json.GetProperty("newFrames").GetInt32()));
        Assert.Equal(["a.mp4"], Changes(mended, "changed"));
        Assert.Equal(48, mended.Json.GetProperty("frames").GetInt32());
        var status = await new Atlas(_folder["store"]).JsonAsync("status", "-c", "films");
        Assert.Equal("done", Assert.Single(status.GetProperty("videos").EnumerateArray()).GetProperty("state").GetString());
    }

    private void Put(string name, byte[] content) => File.WriteAllBytes(_folder["films", name], content);

    private Task<AtlasRun> IndexAsync(string store) =>
        new Atlas(_folder[store]).RunAsync("index", _folder["films"], "-c", "films", "--fps", "2", "--model", "resnet18", "--json");

    private async Task<JsonElement> SinceAsync() =>
        (await new Atlas(_folder["store"]).JsonAsync("status", "-c", "films", "--since", "1h")).GetProperty("changes");

    private static string Map(AtlasRun run) => run.Json.GetProperty("map").GetProperty("version").GetString()!;

    private static int Frames(AtlasRun run, string name) =>
        run
            .Json.GetProperty("done")
            .EnumerateArray()
            .Single(film => film.GetProperty("name").GetString() == name)
            .GetProperty("frames")
            .GetInt32();

    private static IEnumerable<string> Names(AtlasRun run, string list) =>
        run.Json.GetProperty(list).EnumerateArray().Select(film => film.GetProperty("name").GetString()!);

    private static IEnumerable<string> Changes(AtlasRun run, string list) => Strings(run.Json.GetProperty("changes").GetProperty(list));

    private static IEnumerable<string> Strings(JsonElement names) => names.EnumerateArray().Select(name => name.GetString()!);
}
