namespace OrleansAtlas.Imaging;

/// <summary>A picture in memory: 8-bit sRGB, rows from top to bottom, three bytes a pixel, no padding.</summary>
/// <param name="Width">Pixels a row, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Pixels"><c>[Height, Width, 3]</c>; at least that long, a longer buffer is only used at its start.</param>
public sealed record RgbImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>A black picture.</summary>
    public RgbImage(int width, int height)
        : this(width, height, new byte[checked(width * height * 3)]) { }

    /// <summary>Exactly the bytes of the picture.</summary>
    public Span<byte> Span => Pixels.AsSpan(0, Width * Height * 3);
}
