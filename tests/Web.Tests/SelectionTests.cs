using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace OrleansAtlas.Tests;

public sealed class SelectionTests(ApiFixture api)
{
    private static readonly double[][] Everything = [[0, 0], [1.1, 0], [1.1, 1.1], [0, 1.1]];
    private static readonly double[][] Triangle = [[0, 0], [1, 0], [0, 1]];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_polygon_holds_the_frames_inside_it()
    {
        var selection = await SelectAsync(Triangle);
        var all = (await SelectAsync(Everything)).GetProperty("frames").EnumerateArray().ToList();

        var inside = all.Where(frame => frame.GetProperty("x").GetDouble() + frame.GetProperty("y").GetDouble() < 1).Select(frame => frame.GetProperty("number").GetInt32());
        Assert.Equal(121, all.Count);
        Assert.Equal(inside, selection.GetProperty("frames").EnumerateArray().Select(frame => frame.GetProperty("number").GetInt32()));
        Assert.Equal(selection.GetProperty("count").GetInt32(), selection.GetProperty("films").EnumerateArray().Sum(film => film.GetProperty("frames").GetInt32()));
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
        Assert.Equal((0, 8000), (range.GetProperty("start_time").GetProperty("value").GetDouble(), range.GetProperty("duration").GetProperty("value").GetDouble()));
        Assert.EndsWith("/films/test.mp4", film.GetProperty("media_reference").GetProperty("target_url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_poster_shows_the_region()
    {
        var png = await api.Client.GetByteArrayAsync($"{api.Map}/poster?x=0.5&y=0.5&width=1&columns=3&rows=2", Cancel);
        var picture = new Images.VipsImageCodec().Decode(png);

        Assert.Equal((3 * 256, 2 * 144), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Two_corners_are_no_polygon()
    {
        using var answer = await api.Client.PostAsJsonAsync($"{api.Map}/selection", new { polygon = Triangle[..2] }, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("3 to 2000 corners", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private async Task<JsonElement> SelectAsync(double[][] polygon)
    {
        using var answer = await api.Client.PostAsJsonAsync($"{api.Map}/selection", new { polygon }, Cancel);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private async Task<string> ExportAsync(string format)
    {
        using var answer = await api.Client.PostAsJsonAsync($"{api.Map}/selection/export?format={format}", new { polygon = Everything }, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }
}
