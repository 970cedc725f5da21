using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using OrleansAtlas.Maps;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Similar;
using OrleansAtlas.Store;
using OrleansAtlas.Web;
using OrleansAtlas.Web.Api;

namespace OrleansAtlas.Tests;

/// <summary>What is found is what <c>atlas similar</c> finds: both use the search of the library.</summary>
public sealed class FindTests(ApiFixture api) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private WebApplication _server = null!;
    private string _map = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Vectors are not held, as on a large map.
        _server = WebMap.Build(
            (await TestStore.OptionsAsync(api.Store, _folder["cache"], Cancel)) with
            {
                VectorBytes = 0,
                WarmsUp = false,
            }
        );
        await _server.StartAsync(Cancel);
        _map = WebMap.AddressOf(_server) + api.Map;
    }

    [Fact]
    public async Task Clips_like_a_film_are_those_of_the_library_search()
    {
        var id = await IdAsync("mandelbrot");
        var expected = await LibraryAsync(library => library.Clips.First(clip => library.Map.FilmIds[clip.Film] == id));

        AssertSame(expected, (await api.JsonAsync($"{api.Map}/films/{id}/similar?limit=3", Cancel)).GetProperty("matches"));
        AssertSame(
            expected,
            (await _client.GetFromJsonAsync<JsonElement>($"{_map}/films/{id}/similar?limit=3", Cancel)).GetProperty("matches")
        );
    }

    [Fact]
    public async Task A_part_of_a_film_is_compared_by_its_own_frames()
    {
        var id = await IdAsync("cells");
        var expected = await LibraryAsync(library => library.Clips.First(clip => library.Map.FilmIds[clip.Film] == id).Between(2, 4));

        var found = await api.JsonAsync($"{api.Map}/films/{id}/similar?start=2&end=4&limit=3", Cancel);

        Assert.Equal(
            (2, 4, 11),
            (
                Math.Round(found.GetProperty("start").GetDouble(), 6),
                Math.Round(found.GetProperty("end").GetDouble(), 6),
                found.GetProperty("frames").GetInt32()
            )
        );
        AssertSame(expected, found.GetProperty("matches"));
    }

    [Fact]
    public async Task A_clip_that_is_not_in_the_library_is_found_by_all_its_frames()
    {
        // Smaller and of another codec: seconds 3 to 6 of a film of the library.
        await TestStore.FfmpegAsync(
            Cancel,
            "-ss",
            "3",
            "-t",
            "3",
            "-i",
            Path.Combine(api.Films, "mandelbrot, slow.mkv"),
            "-vf",
            "scale=240:-2",
            _folder["part.webm"]
        );

        var found = await FindAsync(_folder["part.webm"]);
        var best = found.GetProperty("clips")[0];

        Assert.Equal(("clip", 15), (found.GetProperty("kind").GetString(), found.GetProperty("places").GetArrayLength()));
        Assert.Equal("mandelbrot, slow.mkv", best.GetProperty("frame").GetProperty("name").GetString());
        Assert.Equal((3, 5.8), (Math.Round(best.GetProperty("start").GetDouble(), 1), Math.Round(best.GetProperty("end").GetDouble(), 1)));
        Assert.Equal(best.GetProperty("start").GetDouble(), best.GetProperty("frame").GetProperty("time").GetDouble());
        Assert.True(best.GetProperty("isCopy").GetBoolean(), best.ToString());
        Assert.StartsWith("a copy", best.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, best.GetProperty("score").GetDouble());
    }

    [Fact]
    public async Task A_piece_is_a_copy_however_few_frames_the_collection_keeps()
    {
        // One frame a second is too few to tell by what moves whether a mirrored piece of four is a copy.
        var film = Path.Combine(api.Films, "mandelbrot, slow.mkv");
        await TestStore.FfmpegAsync(Cancel, "-ss", "1.37", "-t", "4", "-i", film, "-vf", "hflip,scale=240:-2", _folder["piece.mp4"]);
        var store = await TestStore.IndexAsync(_folder["sparse"], 1, [film, Path.Combine(api.Films, "test.mp4")], Cancel);
        await using var server = WebMap.Build(await TestStore.OptionsAsync(store, _folder["cache"], Cancel));
        await server.StartAsync(Cancel);

        var copy = (await FindAtAsync(server, "piece.mp4")).GetProperty("clips")[0];

        Assert.Equal("mandelbrot, slow.mkv", copy.GetProperty("frame").GetProperty("name").GetString());
        Assert.Equal("a copy: mirrored, in part", copy.GetProperty("why").GetString());
    }

    [Fact]
    public async Task A_picture_is_found_by_its_descriptor()
    {
        await TestStore.FfmpegAsync(Cancel, "-ss", "4", "-i", Path.Combine(api.Films, "test.mp4"), "-frames:v", "1", _folder["frame.png"]);

        var found = await FindAsync(_folder["frame.png"]);
        var (nearest, place) = (found.GetProperty("nearest")[0].GetProperty("frame"), found.GetProperty("places")[0]);

        Assert.Equal(
            ("picture", "test.mp4", 4.0),
            (found.GetProperty("kind").GetString(), nearest.GetProperty("name").GetString(), nearest.GetProperty("time").GetDouble())
        );
        Assert.Equal(nearest.GetProperty("x").GetDouble(), place.GetProperty("x").GetDouble(), 0.1);
    }

    [Fact]
    public async Task Photos_that_are_copies_of_a_picture_are_found_beside_the_frames_like_it()
    {
        Directory.CreateDirectory(_folder["photos"]);
        foreach (var second in (int[])[1, 2, 3])
        {
            await StillAsync(second, _folder["photos", $"{second}.jpg"], "null");
        }

        await StillAsync(2, _folder["turned.jpg"], "hflip,scale=240:-2");
        var store = await TestStore.IndexAsync(_folder["store"], 5, [_folder["photos"]], Cancel);
        await using var server = WebMap.Build(await TestStore.OptionsAsync(store, _folder["other"], Cancel));
        await server.StartAsync(Cancel);
        var found = await FindAtAsync(server, "turned.jpg");

        // The film zooms in slowly: the other two are crops of nearly the same.
        var copy = found.GetProperty("clips")[0];
        Assert.Equal("2.jpg", copy.GetProperty("frame").GetProperty("name").GetString());
        Assert.True(copy.GetProperty("isCopy").GetBoolean());
        Assert.Equal(3, found.GetProperty("nearest").GetArrayLength());
    }

    [Fact]
    public async Task What_was_found_is_kept_under_its_key_and_the_file_is_not()
    {
        await TestStore.FfmpegAsync(Cancel, "-ss", "2", "-i", Path.Combine(api.Films, "test.mp4"), "-frames:v", "1", _folder["kept.png"]);

        var found = await FindAsync(_folder["kept.png"]);
        var again = await _client.GetFromJsonAsync<JsonElement>($"{_map}/find/{found.GetProperty("key").GetString()}", Cancel);
        using var none = await _client.GetAsync($"{_map}/find/0000", Cancel);

        Assert.Equal(found.GetRawText(), again.GetRawText());
        Assert.Equal("kept.png", again.GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.All(Directory.GetFiles(_folder["cache"], "*", SearchOption.AllDirectories), file => Assert.EndsWith(".json", file));
    }

    [Fact]
    public async Task What_is_no_picture_is_refused_by_its_own_name()
    {
        await File.WriteAllTextAsync(_folder["notes.txt"], "no film at all", Cancel);
        using var answer = await PostAsync(_folder["notes.txt"]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("notes.txt", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_film_is_refused_before_it_is_described()
    {
        await TestStore.FfmpegAsync(Cancel, "-f", "lavfi", "-i", "color=c=blue:size=32x18:rate=1", "-t", "400", _folder["long.mp4"]);
        using var answer = await PostAsync(_folder["long.mp4"]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("400 s long", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private Task StillAsync(int second, string path, string filter) =>
        TestStore.FfmpegAsync(
            Cancel,
            "-ss",
            $"{second}",
            "-i",
            Path.Combine(api.Films, "mandelbrot, slow.mkv"),
            "-frames:v",
            "1",
            "-q:v",
            "3",
            "-vf",
            filter,
            path
        );

    private async Task<string> IdAsync(string name) =>
        (await api.JsonAsync($"{api.Map}/films?search={name}", Cancel)).GetProperty("films")[0].GetProperty("id").GetString()!;

    private async Task<IReadOnlyList<ClipMatch>> LibraryAsync(Func<ClipLibrary, Clip> query)
    {
        var collection = (await CollectionStore.OpenAsync(api.Store, TestStore.Collection, Cancel))!;
        var library = await ClipLibrary.ReadAsync(
            await AtlasMap.ReadAsync(collection, await collection.OpenCurrentMapAsync(Cancel), Cancel),
            Cancel
        );
        return new SimilarSearch(library.Clips).Find(query(library), 3, Cancel);
    }

    private static void AssertSame(IReadOnlyList<ClipMatch> expected, JsonElement matches) =>
        Assert.Equal(
            expected.Select(match => (match.Clip.First, match.Clip.Name, match.Clip.Start, match.Clip.End, match.Score, match.Why)),
            matches
                .EnumerateArray()
                .Select(match =>
                    (
                        match.GetProperty("frame").GetProperty("number").GetInt32(),
                        match.GetProperty("frame").GetProperty("name").GetString()!,
                        match.GetProperty("start").GetDouble(),
                        match.GetProperty("end").GetDouble(),
                        match.GetProperty("score").GetDouble(),
                        match.GetProperty("why").GetString()!
                    )
                )
        );

    private async Task<JsonElement> FindAsync(string path)
    {
        using var answer = await PostAsync(path);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    /// <summary>What the newest map of a server has for a file.</summary>
    private async Task<JsonElement> FindAtAsync(WebApplication server, string name)
    {
        var collection = $"{WebMap.AddressOf(server)}/api/v1/collections/{TestStore.Collection}";
        var map = (await _client.GetFromJsonAsync<JsonElement>(collection, Cancel)).GetProperty("current").GetString();
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(_folder[name], Cancel));
        using var answer = await _client.PostAsync($"{collection}/maps/{map}/find?name={name}", content, Cancel);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private async Task<HttpResponseMessage> PostAsync(string path)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(path, Cancel));
        return await _client.PostAsync($"{_map}/find?name={Uri.EscapeDataString(Path.GetFileName(path))}", content, Cancel);
    }
}
