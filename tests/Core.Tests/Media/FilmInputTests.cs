using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class FilmInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-c:v libx264 -pix_fmt yuv420p", "a.mp4", false)]
    [InlineData("-c:v libx264 -pix_fmt yuv420p", "a.mp4", true)]
    [InlineData("-c:v libx264 -pix_fmt yuv420p", "a.h264", false)]
    [InlineData("-c:v mjpeg", "a.mjpeg", false)]
    public async Task A_stretch_has_its_frames(string arguments, string name, bool fromStart)
    {
        var path = await Clips.MakeAsync(_folder, $"-f lavfi -i testsrc2=size=64x36:rate=10 -t 4 {arguments}", name);
        var input = FilmInput.Arguments(path, await Clips.ProbeAsync(path), 1, fromStart);
        var gray = await Clips.MakeAsync(_folder, string.Join(' ', input) + " -t 2 -pix_fmt gray -f rawvideo", "a.gray");
        Assert.InRange(new FileInfo(gray).Length / (64 * 36), 19, 21);
    }
}
