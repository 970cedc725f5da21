using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Frames;

/// <summary>Which pixels are more than black.</summary>
internal static class Light
{
    /// <summary>Bars are at 0 when they are made; noise and compression lift single pixels by some steps.</summary>
    private const int Black = 28;

    /// <summary>The brightest of a pixel's three colours, 0 to 255: a deep blue is no black, though it has hardly any lightness.</summary>
    public static byte At(RgbImage image, int x, int y)
    {
        var at = ((y * image.Width) + x) * 3;
        return Math.Max(image.Pixels[at], Math.Max(image.Pixels[at + 1], image.Pixels[at + 2]));
    }

    /// <summary>Whether a brightness is more than black.</summary>
    public static bool IsLit(byte brightness) => brightness > Black;

    /// <summary>How many pixels of an area are lit.</summary>
    public static int Count(RgbImage image, PixelRectangle area)
    {
        var lit = 0;
        for (var y = area.Y; y < area.Y + area.Height; y++)
        {
            for (var x = area.X; x < area.X + area.Width; x++)
            {
                lit += IsLit(At(image, x, y)) ? 1 : 0;
            }
        }

        return lit;
    }
}
