using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using OrleansAtlas.Web;

namespace OrleansAtlas.Tests;

/// <summary>Films as people have them, made by ffmpeg, over a server of their own.</summary>
public sealed class VideoFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication _server = null!;

    /// <summary>Each film's name, and how it is made.</summary>
    public static IReadOnlyDictionary<string, string> Films { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["hevc.mp4"] = "-c:v libx265 -tag:v hvc1 -x265-params log-level=0 -pix_fmt yuv420p -c:a aac",
            ["mpeg4.avi"] = "-c:v mpeg4 -c:a mp3",
            ["h264.mkv"] = "-c:v libx264 -pix_fmt yuv420p -c:a aac",
            ["prores.mov"] = "-c:v prores_ks -c:a pcm_s16le",
            ["vp9.webm"] = "-c:v libvpx-vp9 -cpu-used 8 -deadline realtime -pix_fmt yuv420p -c:a libopus",
            ["av1.mp4"] = "-c:v libsvtav1 -preset 12 -pix_fmt yuv420p -c:a aac",
            ["tenbit.mp4"] = "-c:v libx264 -pix_fmt yuv420p10le -c:a aac",
            ["rotated.mp4"] = "-c:v libx264 -pix_fmt yuv420p -c:a aac",
        };

    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var cancel = TestContext.Current.CancellationToken;
        Directory.CreateDirectory(_folder["films"]);
        foreach (var (name, codecs) in Films)
        {
            var options = $"-f lavfi -i testsrc2=size=320x180:rate=25:duration=4 -f lavfi -i sine=duration=4 {codecs}";
            await TestStore.FfmpegAsync(cancel, [.. options.Split(' '), _folder["films", name]]);
            if (name == "rotated.mp4")
            {
                File.Move(_folder["films", name], _folder["upright.mp4"]);
                string[] turn = ["-i", _folder["upright.mp4"], "-c", "copy", "-metadata:s:v:0", "rotate=90", _folder["films", name]];
                await TestStore.FfmpegAsync(cancel, turn);
            }
        }

        var store = await TestStore.IndexAsync(_folder["store"], 2, [_folder["films"]], cancel);
        _server = WebMap.Build(await TestStore.OptionsAsync(store, _folder["cache"], cancel));
        await _server.StartAsync(cancel);
        Address = WebMap.AddressOf(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class PageVideoTests(PageFixture pages, VideoFixture videos) : IClassFixture<VideoFixture>
{
    public static TheoryData<string> Films => [.. VideoFixture.Films.Keys];

    [Theory]
    [MemberData(nameof(Films))]
    public async Task A_film_plays_with_its_picture(string film)
    {
        await using var page = await OpenAsync(film);

        await PlaysAsync(page);

        var upright = await page.Page.EvaluateAsync<bool>(
            "() => document.querySelector('video').videoHeight > document.querySelector('video').videoWidth"
        );
        Assert.Equal(film == "rotated.mp4", upright);
        Assert.Empty(page.Faults);
    }

    [Theory]
    [InlineData("hevc.mp4")]
    [InlineData("tenbit.mp4")]
    public async Task A_browser_that_says_it_plays_a_film_and_shows_nothing_gets_it_transcoded(string film)
    {
        await using var page = await OpenAsync(film);
        await page.Page.EvaluateAsync("() => { HTMLVideoElement.prototype.canPlayType = () => 'probably'; }");

        await PlaysAsync(page);
    }

    private async Task<MapPage> OpenAsync(string film)
    {
        var page = await pages.OpenAtAsync(videos.Address);
        await page.DrawnAsync();
        await page.Page.Locator("#search").FillAsync(film);
        await page.Panel.Locator(".films .name").ClickAsync();
        return page;
    }

    private static async Task PlaysAsync(MapPage page)
    {
        await page.Panel.Locator(".play").ClickAsync();
        await page.Page.WaitForFunctionAsync(
            """
            () => {
              const video = document.querySelector('video');
              return video.videoWidth > 0 && video.currentTime > 0.5 && video.getVideoPlaybackQuality().totalVideoFrames > 3;
            }
            """
        );
    }
}
