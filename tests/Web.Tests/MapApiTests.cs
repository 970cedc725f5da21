using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using OrleansAtlas.Images;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests;

public sealed class MapApiTests(ApiFixture api)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_what_a_map_is_and_how_true()
    {
        var map = await api.JsonAsync(api.Map, Cancel);

        Assert.Equal(
            (121, 4, 512, 288),
            (
                map.GetProperty("frames").GetInt32(),
                map.GetProperty("films").GetInt32(),
                map.GetProperty("tileWidth").GetInt32(),
                map.GetProperty("tileHeight").GetInt32()
            )
        );
        Assert.InRange(map.GetProperty("quality").GetProperty("trustworthiness").GetDouble(), 0.5, 1);
    }

    [Theory]
    [InlineData("pictures2/0/0/0", "image/jpeg")]
    [InlineData("pictures0/4/3/15", "image/jpeg")]
    [InlineData("points-film/1/0/1", "image/png")]
    [InlineData("points-length/0/0/0", "image/png")]
    [InlineData("trust/2/3/0", "image/png")]
    public async Task Draws_tiles_that_browsers_keep(string tile, string type)
    {
        using var answer = await api.Client.GetAsync($"{api.Map}/tiles/{tile}", Cancel);
        var picture = new VipsImageCodec().Decode(await answer.Content.ReadAsByteArrayAsync(Cancel));
        using var again = new HttpRequestMessage(HttpMethod.Get, $"{api.Map}/tiles/{tile}");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await api.Client.SendAsync(again, Cancel);

        Assert.Equal((512, 288), (picture.Width, picture.Height));
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Theory]
    [InlineData("/api/v1/collections/none", "no collection 'none'")]
    [InlineData("/api/v1/collections/..%2f..%2fetc/maps/x", "")]
    [InlineData("/api/v1/collections/clips/maps/abc", "no map 'abc'")]
    [InlineData("{map}/tiles/pictures9/0/0/0", "pictures0 to pictures4")]
    [InlineData("{map}/tiles/trust/1/2/0", "columns and rows")]
    [InlineData("{map}/frames/121", "frames 0 to 120")]
    [InlineData("/api/v1/collections/clips/films/nobody/source", "no film 'nobody'")]
    public async Task Names_what_is_not_there(string path, string words)
    {
        using var answer = await api.Client.GetAsync(path.Replace("{map}", api.Map, StringComparison.Ordinal), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task True_neighbours_are_those_of_the_reduced_vectors()
    {
        var reduced = (await ReducedAsync()).Values;
        var width = reduced.Length / 121;
        var expected = Enumerable.Range(0, 121).Where(other => other != 30).OrderBy(other => Distance(30, other)).Take(5).ToList();

        var found = await api.JsonAsync($"{api.Map}/frames/30/neighbours?among=all&limit=5", Cancel);

        Assert.Equal(
            expected,
            found.GetProperty("true").EnumerateArray().Select(item => item.GetProperty("frame").GetProperty("number").GetInt32())
        );

        double Distance(int a, int b) =>
            Enumerable.Range(0, width).Sum(i => Math.Pow(reduced[(a * width) + i] - reduced[(b * width) + i], 2));
    }

    [Fact]
    public async Task A_frame_belongs_to_a_cell_at_every_level_and_is_shown_in_the_end()
    {
        for (var level = 0; level < 12; level++)
        {
            var cell = await api.JsonAsync($"{api.Map}/frames/77/cell?level={level}", Cancel);
            var side = Math.Pow(2, -cell.GetProperty("level").GetInt32());
            var (x, y) = ((cell.GetProperty("x").GetInt32() + 0.5) * side, (cell.GetProperty("y").GetInt32() + 0.5) * side);
            var shown = await api.JsonAsync(FormattableString.Invariant($"{api.Map}/shown?x={x}&y={y}&level={level}"), Cancel);

            Assert.Equal(cell.GetProperty("shown").GetBoolean(), shown.GetProperty("number").GetInt32() == 77);
            Assert.True(cell.GetProperty("shown").GetBoolean() || level < 11);
        }
    }

    [Fact]
    public async Task Films_can_be_asked_for_by_their_frames()
    {
        var films = (await api.JsonAsync($"{api.Map}/films?sort=frames&limit=4", Cancel))
            .GetProperty("films")
            .EnumerateArray()
            .Select(film => film.GetProperty("frames").GetInt32())
            .ToList();

        Assert.Equal([40, 40, 40, 1], films);
    }

    [Fact]
    public async Task Frames_near_a_place_come_nearest_first()
    {
        var all = await api.JsonAsync($"{api.Map}/near?x=0.3&y=0.6&limit=100", Cancel);
        var distances = all.EnumerateArray()
            .Select(frame =>
                Math.Pow((frame.GetProperty("x").GetDouble() - 0.3) * 16 / 9, 2) + Math.Pow(frame.GetProperty("y").GetDouble() - 0.6, 2)
            )
            .ToList();

        Assert.Equal(100, distances.Count);
        Assert.Equal(distances.Order(), distances);
    }

    [Fact]
    public async Task A_film_is_a_strip_in_time_and_its_file_has_ranges()
    {
        var film = (await api.JsonAsync($"{api.Map}/films?search=TEST", Cancel)).GetProperty("films")[0];
        var id = film.GetProperty("id").GetString();
        var strip = await api.JsonAsync($"{api.Map}/films/{id}", Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/collections/clips/films/{id}/source")
        {
            Headers = { Range = new RangeHeaderValue(100, 199) },
        };
        using var part = await api.Client.SendAsync(request, Cancel);

        Assert.Equal(("test.mp4", "video/mp4"), (film.GetProperty("name").GetString(), film.GetProperty("type").GetString()));
        Assert.Equal(40, strip.GetProperty("frames").GetArrayLength());
        Assert.Equal("00:00:07.800", strip.GetProperty("frames")[39].GetProperty("timecode").GetString());
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(
            (await File.ReadAllBytesAsync(Path.Combine(api.Films, "test.mp4"), Cancel))[100..200],
            await part.Content.ReadAsByteArrayAsync(Cancel)
        );
    }

    [Fact]
    public async Task What_browsers_do_not_play_is_transcoded()
    {
        var film = (await api.JsonAsync($"{api.Map}/films?search=mandel", Cancel)).GetProperty("films")[0];
        using var stretch = await api.Client.GetAsync(
            $"/api/v1/collections/clips/films/{film.GetProperty("id").GetString()}/stretch?start=2&end=3",
            Cancel
        );
        var bytes = await stretch.Content.ReadAsByteArrayAsync(Cancel);

        Assert.Equal(JsonValueKind.Null, film.GetProperty("type").ValueKind);
        Assert.Equal("video/webm", stretch.Content.Headers.ContentType!.MediaType);
        Assert.Equal([0x1a, 0x45, 0xdf, 0xa3], bytes[..4]); // EBML
        Assert.True(bytes.Length > 5000);
    }

    [Fact]
    public async Task A_filter_leaves_one_film()
    {
        var film = (await api.JsonAsync($"{api.Map}/films?search=cells", Cancel)).GetProperty("films")[0].GetProperty("id").GetString();

        var near = await api.JsonAsync($"{api.Map}/near?x=0.5&y=0.5&limit=100&film={film}", Cancel);

        Assert.Equal(40, near.GetArrayLength());
        Assert.All(near.EnumerateArray(), frame => Assert.Equal(film, frame.GetProperty("film").GetString()));
        Assert.Equal(40, (await api.JsonAsync($"{api.Map}?film={film}", Cancel)).GetProperty("shown").GetInt32());
        Assert.Equal(
            HttpStatusCode.OK,
            (await api.Client.GetAsync($"{api.Map}/tiles/pictures2/0/0/0?film={film}&from=1990-01-01", Cancel)).StatusCode
        );
    }

    [Fact]
    public async Task A_filter_of_days_leaves_the_films_of_these_days()
    {
        var today = DateTime.UtcNow.Date;

        // One film says itself when it was taken, of the others it is known when their files were last changed.
        Assert.Equal(81, await ShownAsync($"from={today.AddDays(-1):yyyy-MM-dd}&to={today.AddDays(1):yyyy-MM-dd}"));
        Assert.Equal(40, await ShownAsync("from=2019-05-31&to=2019-05-31"));
        Assert.Equal(0, await ShownAsync("to=2019-05-30"));
        Assert.Equal(0, await ShownAsync($"from={today.AddDays(2):yyyy-MM-dd}"));

        async Task<int> ShownAsync(string days) => (await api.JsonAsync($"{api.Map}?{days}", Cancel)).GetProperty("shown").GetInt32();
    }

    [Fact]
    public async Task A_filter_since_a_time_leaves_the_films_that_came_since()
    {
        var now = DateTime.UtcNow;

        Assert.Equal(121, await ShownAsync(now.AddDays(-1)));
        Assert.Equal(0, await ShownAsync(now.AddDays(1)));

        async Task<int> ShownAsync(DateTime since) =>
            (await api.JsonAsync($"{api.Map}?since={since:yyyy-MM-ddTHH:mm:ssZ}", Cancel)).GetProperty("shown").GetInt32();
    }

    [Fact]
    public async Task Another_name_that_leads_here_is_not_answered()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/collections") { Headers = { Host = "atlas.example" } };

        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await api.Client.SendAsync(request, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Pages_of_other_sites_cannot_make_the_server_work()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{api.Map}/find")
        {
            Content = new StringContent("x"),
            Headers = { { "Origin", "https://atlas.example" } },
        };

        Assert.Equal(HttpStatusCode.Forbidden, (await api.Client.SendAsync(request, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Progress_agrees_with_itself_and_costs_nothing_while_nothing_changes()
    {
        using var answer = await api.Client.GetAsync("/api/v1/collections/clips/progress", Cancel);
        var now = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;
        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/collections/clips/progress");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await api.Client.SendAsync(again, Cancel);

        Assert.Equal(
            (4, 121, 121, 121),
            (
                now.GetProperty("films").GetInt32(),
                now.GetProperty("frames").GetInt32(),
                now.GetProperty("expected").GetInt32(),
                now.GetProperty("onMap").GetInt32()
            )
        );
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    private async Task<OrleansAtlas.Numerics.NpyArray<float>> ReducedAsync() =>
        OrleansAtlas.Numerics.Npy.Parse<float>((await api.Store.ReadAsync($"clips/maps/{api.Version}/reduced.npy", Cancel))!.Content);
}
