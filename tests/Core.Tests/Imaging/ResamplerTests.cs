using OrleansAtlas.Imaging;

namespace OrleansAtlas.Tests;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(64, 36)]
    [InlineData(37, 91)]
    [InlineData(400, 300)]
    public void Crops_evenly_and_never_stretches(int width, int height)
    {
        // A disc in the middle stays round.
        var image = new RgbImage(200, 100);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var (x, y) = ((i / 3 % 200) - 99.5, (i / 600) - 49.5);
            image.Pixels[i] = (x * x) + (y * y) < 30 * 30 ? (byte)0 : (byte)255;
        }

        var tile = Resampler.Cover(image, width, height);
        var across = Enumerable.Range(0, width).Count(x => Pixels.At(tile, x, height / 2).R < 128);
        var down = Enumerable.Range(0, height).Count(y => Pixels.At(tile, width / 2, y).R < 128);
        var expected = 60 * Math.Max(width / 200.0, height / 100.0);
        Assert.InRange(across, Math.Min(width, expected) - 1.5, expected + 1.5);
        Assert.InRange(down, expected - 1.5, expected + 1.5);
    }
}
