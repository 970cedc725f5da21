using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansAtlas.Imaging;
using OrleansAtlas.Web;

namespace OrleansAtlas.Tests;

public sealed class SelectionTests(ApiFixture api)
{
    private static readonly double[][] Everything =
    [
        [0, 0],
        [1.1, 0],
        [1.1, 1.1],
        [0, 1.1],
    ];
    private static readonly double[][] Triangle =
    [
        [0, 0],
        [1, 0],
        [0, 1],
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_polygon_holds_the_frames_inside_it()
    {
        var selection = await SelectAsync(Triangle);
        var all = (await SelectAsync(Everything)).GetProperty("frames").EnumerateArray().ToList();

        var inside = all.Where(frame => frame.GetProperty("x").GetDouble() + frame.GetProperty("y").GetDouble() < 1)
            .Select(frame => frame.GetProperty("number").GetInt32());
        Assert.Equal(121, all.Count);
        Assert.Equal(inside, selection.GetProperty("frames").EnumerateArray().Select(frame => frame.GetProperty("number").GetInt32()));
        Assert.Equal(
            selection.GetProperty("count").GetInt32(),
            selection.GetProperty("films").EnumerateArray().Sum(film => film.GetProperty("frames").GetInt32())
        );
    }

    [Fact]
    public async Task Export_as_csv_quotes_names()
    {
        var lines = (await ExportAsync("csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("video,path,time,timecode,x,y,trust", lines[0]);
        Assert.Equal(122, lines.Length);
        Assert.Equal(40, lines.Count(line => line.Contains(",\"mandelbrot, slow.mkv\",", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Export_as_json_has_every_frame() =>
        Assert.Equal(121, JsonDocument.Parse(await ExportAsync("json")).RootElement.GetArrayLength());

    [Fact]
    public async Task Export_as_OpenTimelineIO_has_a_clip_for_each_run_of_frames()
    {
        var timeline = JsonDocument.Parse(await ExportAsync("otio")).RootElement;
        var clips = timeline.GetProperty("tracks").GetProperty("children")[0].GetProperty("children").EnumerateArray().ToList();

        Assert.Equal("Timeline.1", timeline.GetProperty("OTIO_SCHEMA").GetString());
        Assert.Equal(4, clips.Count);
        var film = clips.Single(clip => clip.GetProperty("name").GetString() == "test.mp4");
        var range = film.GetProperty("source_range");
        Assert.Equal(
            (0, 8000),
            (
                range.GetProperty("start_time").GetProperty("value").GetDouble(),
                range.GetProperty("duration").GetProperty("value").GetDouble()
            )
        );
        Assert.EndsWith(
            "/films/test.mp4",
            film.GetProperty("media_reference").GetProperty("target_url").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_poster_of_a_rectangle_has_its_shape()
    {
        var picture = await PosterAsync([
            [0, 0.2],
            [1, 0.2],
            [1, 0.7],
            [0, 0.7],
        ]);

        // On the screen the map is 16:9, so its middle half is 32:9.
        Assert.Equal(32.0 / 9, (double)picture.Width / picture.Height, 0.01);
        Assert.DoesNotContain(Enumerable.Range(0, 20), i => IsWhite(picture, (i + 0.5) / 20, (i + 0.5) / 20));
    }

    [Fact]
    public async Task A_poster_of_an_outline_is_empty_outside()
    {
        var picture = await PosterAsync(Triangle);

        Assert.False(IsWhite(picture, 0.1, 0.1));
        Assert.All([(0.95, 0.95), (0.8, 0.9), (0.97, 0.5)], place => Assert.True(IsWhite(picture, place.Item1, place.Item2)));
    }

    [Fact]
    public async Task A_poster_shows_films_without_their_bars()
    {
        using var folder = new TemporaryFolder();
        await TestStore.FfmpegAsync(
            Cancel,
            "-f",
            "lavfi",
            "-i",
            "testsrc2=size=320x120:rate=25",
            "-t",
            "3",
            "-vf",
            "pad=320:180:0:30",
            "-pix_fmt",
            "yuv420p",
            folder["wide.mp4"]
        );
        var store = await TestStore.IndexAsync(folder["store"], 4, [folder["wide.mp4"]], Cancel);
        await using var server = WebMap.Build(await TestStore.OptionsAsync(store, folder["cache"], Cancel));
        await server.StartAsync(Cancel);
        using var client = new HttpClient();
        var collection = $"{WebMap.AddressOf(server)}/api/v1/collections/{TestStore.Collection}";
        var version = (await client.GetFromJsonAsync<JsonElement>(collection, Cancel)).GetProperty("current").GetString();

        var poster = $"{collection}/maps/{version}/selection/poster";
        using var answer = await client.PostAsJsonAsync(poster, new { polygon = Everything }, Cancel);
        var picture = new Images.VipsImageCodec().Decode(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Cancel));

        // A bar would be dark from one side to the other.
        Assert.All(
            Enumerable.Range(0, picture.Height),
            row => Assert.Contains(picture.Pixels.AsSpan(row * picture.Width * 3, picture.Width * 3).ToArray(), value => value > 64)
        );
    }

    [Fact]
    public async Task A_poster_of_nothing_is_refused()
    {
        using var answer = await api.Client.PostAsJsonAsync(
            $"{api.Map}/selection/poster",
            new
            {
                polygon = (double[][])
                    [
                        [0, 0],
                        [1e-9, 0],
                        [0, 1e-9],
                    ],
            },
            Cancel
        );

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Two_corners_are_no_polygon()
    {
        using var answer = await api.Client.PostAsJsonAsync($"{api.Map}/selection", new { polygon = Triangle[..2] }, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("3 to 2000 corners", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static bool IsWhite(RgbImage picture, double x, double y)
    {
        var at = (((int)(y * picture.Height) * picture.Width) + (int)(x * picture.Width)) * 3;
        return picture.Pixels[at] == 255 && picture.Pixels[at + 1] == 255 && picture.Pixels[at + 2] == 255;
    }

    private async Task<RgbImage> PosterAsync(double[][] polygon)
    {
        using var answer = await api.Client.PostAsJsonAsync($"{api.Map}/selection/poster", new { polygon }, Cancel);
        return new Images.VipsImageCodec().Decode(await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Cancel));
    }

    private async Task<JsonElement> SelectAsync(double[][] polygon)
    {
        using var answer = await api.Client.PostAsJsonAsync($"{api.Map}/selection", new { polygon }, Cancel);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private async Task<string> ExportAsync(string format)
    {
        using var answer = await api.Client.PostAsJsonAsync(
            $"{api.Map}/selection/export?format={format}",
            new { polygon = Everything },
            Cancel
        );
        return await answer.Content.ReadAsStringAsync(Cancel);
    }
}
