using OrleansAtlas.Imaging;

namespace OrleansAtlas.Tests;

/// <summary>Reading single pixels, and pictures to try with.</summary>
internal static class Pixels
{
    public static (int R, int G, int B) At(RgbImage image, int x, int y)
    {
        var at = ((y * image.Width) + x) * 3;
        return (image.Pixels[at], image.Pixels[at + 1], image.Pixels[at + 2]);
    }

    public static void AssertNear((int R, int G, int B) expected, (int R, int G, int B) actual, int tolerance) =>
        Assert.True(
            Math.Abs(expected.R - actual.R) <= tolerance
                && Math.Abs(expected.G - actual.G) <= tolerance
                && Math.Abs(expected.B - actual.B) <= tolerance,
            $"expected {expected}, got {actual}"
        );

    public static RgbImage Noise(int width, int height)
    {
        var image = new RgbImage(width, height);
        new Random(1).NextBytes(image.Pixels);
        return image;
    }
}
