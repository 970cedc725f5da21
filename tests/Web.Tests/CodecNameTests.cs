using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Films;

namespace OrleansAtlas.Tests;

/// <summary>Films made by ffmpeg, and what browsers are asked about them.</summary>
public sealed class CodecNameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("-c:v libx264 -profile:v high -c:a aac", "mp4", "video/mp4; codecs=\"avc1.64000C, mp4a.40.2\"")]
    [InlineData("-c:v libx264 -profile:v baseline -an", "mp4", "video/mp4; codecs=\"avc1.42E00B\"")]
    [InlineData("-c:v libx264 -pix_fmt yuv420p10le -an", "mp4", "video/mp4; codecs=\"avc1.6E000C\"")]
    [InlineData("-c:v libx265 -tag:v hvc1 -x265-params log-level=0 -c:a aac", "mp4", "video/mp4; codecs=\"hvc1.1.6.L60.B0, mp4a.40.2\"")]
    [InlineData("-c:v libx265 -x265-params log-level=0 -pix_fmt yuv420p10le -an", "mp4", "video/mp4; codecs=\"hev1.2.4.L60.B0\"")]
    [InlineData("-c:v libvpx-vp9 -c:a libopus", "webm", "video/webm; codecs=\"vp09.00.50.08, opus\"")]
    [InlineData("-c:v libaom-av1 -cpu-used 8 -an", "mp4", "video/mp4; codecs=\"av01.0.00M.08\"")]
    [InlineData("-c:v libx264 -c:a alac", "mov", null)]
    [InlineData("-c:v prores_ks -c:a pcm_s16le", "mov", null)]
    [InlineData("-c:v mpeg4 -c:a mp3", "avi", null)]
    [InlineData("-c:v libx264 -c:a aac", "mkv", null)]
    public async Task A_film_has_the_media_type_that_tells_browsers_all(string codecs, string extension, string? expected)
    {
        var film = _folder["film." + extension];
        var pixels = codecs.Contains("-pix_fmt", StringComparison.Ordinal) || extension == "mov" ? "" : "-pix_fmt yuv420p ";
        var options = $"-f lavfi -i testsrc2=size=320x180:rate=10:duration=1 -f lavfi -i sine=duration=1 {pixels}{codecs}";
        await TestStore.FfmpegAsync(Cancel, [.. options.Split(' '), film]);
        var web = await TestStore.OptionsAsync(LocalStore.Open(_folder["store"], write: true), _folder["cache"], Cancel);
        var info = Assert.IsType<ProbeResult.Found>(await web.Work!.Prober.ProbeAsync(film, Cancel)).Info;

        var type = await new MediaTypes(web).OfAsync(
            new VideoRecord
            {
                Id = extension,
                Sources = [new VideoSource(extension, film, new FileInfo(film).Length, File.GetLastWriteTimeUtc(film))],
                Info = info,
            },
            Cancel
        );

        Assert.Equal(expected, type);
    }

    public void Dispose() => _folder.Dispose();
}
