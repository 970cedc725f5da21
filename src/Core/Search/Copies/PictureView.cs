namespace OrleansAtlas.Search.Copies;

/// <summary>A part of a picture, as shares of its sides, perhaps mirrored left to right.</summary>
internal readonly record struct PictureView(double Left, double Top, double Width, double Height, bool Mirrored)
{
    /// <summary>The whole picture.</summary>
    public static PictureView Whole { get; } = new(0, 0, 1, 1, false);

    /// <summary>The middle of the picture.</summary>
    public static PictureView Middle(double share) => new((1 - share) / 2, (1 - share) / 2, share, share, false);

    /// <summary>A part of this share of the sides, and how far to the right and down it is, 0 to 1.</summary>
    public static PictureView Part(double right, double down, double share) =>
        new(right * (1 - share), down * (1 - share), share, share, false);

    /// <summary>Whether it is a part only.</summary>
    public bool IsCropped => Width < 1 || Height < 1;

    /// <summary>Reads a grey picture of <see cref="Thumbnails"/>' size: each pixel is the mean of two by two places in its cell, between
    /// pixels bilinear.</summary>
    public void Read(ReadOnlySpan<byte> grey, int columns, int rows, Span<float> target)
    {
        const int Points = 2;
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var sum = 0f;
                for (var point = 0; point < Points * Points; point++)
                {
                    var u = (x + (((point % Points) + 0.5) / Points)) / columns;
                    var v = (y + (((point / Points) + 0.5) / Points)) / rows;
                    sum += At(grey, Left + (Width * (Mirrored ? 1 - u : u)), Top + (Height * v));
                }

                target[(y * columns) + x] = sum / (Points * Points);
            }
        }
    }

    private static float At(ReadOnlySpan<byte> grey, double u, double v)
    {
        var x = Math.Clamp((u * Thumbnails.Width) - 0.5, 0, Thumbnails.Width - 1.001);
        var y = Math.Clamp((v * Thumbnails.Height) - 0.5, 0, Thumbnails.Height - 1.001);
        var (left, top) = ((int)x, (int)y);
        var (a, b) = ((float)(x - left), (float)(y - top));
        var at = (top * Thumbnails.Width) + left;
        var upper = grey[at] + (a * (grey[at + 1] - grey[at]));
        var lower = grey[at + Thumbnails.Width] + (a * (grey[at + Thumbnails.Width + 1] - grey[at + Thumbnails.Width]));
        return upper + (b * (lower - upper));
    }
}
