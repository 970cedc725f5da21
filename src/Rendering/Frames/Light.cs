using System.Runtime.CompilerServices;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Frames;

/// <summary>Which pixels are more than black.</summary>
internal static class Light
{
    /// <summary>Bars are at 0 when they are made; noise and compression lift single pixels by some steps.</summary>
    private const int Black = 28;

    /// <summary>The same for a film that is dim throughout; there noise is less too.</summary>
    private const int FaintBlack = 14;

    /// <summary>The brightest of a pixel's three colours, 0 to 255: a deep blue is no black, though it has hardly any lightness.</summary>
    public static byte Of(byte red, byte green, byte blue) => Math.Max(red, Math.Max(green, blue));

    /// <inheritdoc cref="Of"/>
    public static byte At(RgbImage image, int x, int y)
    {
        var at = ((y * image.Width) + x) * 3;
        return Of(image.Pixels[at], image.Pixels[at + 1], image.Pixels[at + 2]);
    }

    /// <summary>Whether a brightness is more than black.</summary>
    public static bool IsLit(byte brightness) => brightness > Black;

    /// <summary>Whether a brightness is more than the black of a dim film.</summary>
    public static bool IsFaint(byte brightness) => brightness > FaintBlack;

    /// <summary>How many pixels of an area are lit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Long loops: there is no time to find out by running them.
    public static int Count(RgbImage image, PixelRectangle area)
    {
        var lit = 0;
        for (var y = area.Y; y < area.Y + area.Height; y++)
        {
            var row = image.Pixels.AsSpan(((y * image.Width) + area.X) * 3, area.Width * 3);
            for (var at = 0; at + 2 < row.Length; at += 3)
            {
                lit += IsLit(Of(row[at], row[at + 1], row[at + 2])) ? 1 : 0;
            }
        }

        return lit;
    }
}
