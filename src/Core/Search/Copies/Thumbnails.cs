using OrleansAtlas.Imaging;

namespace OrleansAtlas.Search.Copies;

/// <summary>A film's frames as small grey pictures: enough to tell whether two films show the same movement.</summary>
/// <param name="Times">Seconds, rising, <c>[n]</c>.</param>
/// <param name="Grey">Luma, <c>[n, Height, Width]</c>.</param>
internal sealed record Thumbnails(double[] Times, byte[] Grey)
{
    /// <summary>Pixels a row, whatever the film's shape.</summary>
    public const int Width = 64;

    /// <summary>Rows.</summary>
    public const int Height = 36;

    /// <summary>Bytes of a frame.</summary>
    public const int Size = Width * Height;

    /// <summary>Frames.</summary>
    public int Count => Times.Length;

    /// <summary>Seconds between frames, the median.</summary>
    public double Step => Count < 2 ? 1 : Times.Zip(Times.Skip(1), (a, b) => b - a).Order().ElementAt((Count - 1) / 2);

    /// <summary>Luma (ITU-R BT.709) of a picture, the mean over what each small pixel covers.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="grey">Receives <see cref="Size"/> bytes.</param>
    public static void Shrink(RgbImage image, Span<byte> grey)
    {
        ArgumentNullException.ThrowIfNull(image);
        var pixels = image.Span;
        for (var y = 0; y < Height; y++)
        {
            var (top, bottom) = Covered(y, Height, image.Height);
            for (var x = 0; x < Width; x++)
            {
                var (left, right) = Covered(x, Width, image.Width);
                var sum = 0L;
                for (var row = top; row < bottom; row++)
                {
                    for (var at = ((row * image.Width) + left) * 3; at < ((row * image.Width) + right) * 3; at += 3)
                    {
                        sum += (54 * pixels[at]) + (183 * pixels[at + 1]) + (19 * pixels[at + 2]);
                    }
                }

                grey[(y * Width) + x] = (byte)(sum / (256 * (bottom - top) * (right - left)));
            }
        }
    }

    /// <summary>The frames as a part of the picture shows them, each <c>[rows, columns]</c> with its mean taken away: <c>[n, rows *
    /// columns]</c>.</summary>
    public float[] Look(PictureView view, int columns, int rows)
    {
        var result = new float[Count * columns * rows];
        for (var frame = 0; frame < Count; frame++)
        {
            var target = result.AsSpan(frame * columns * rows, columns * rows);
            view.Read(Grey.AsSpan(frame * Size, Size), columns, rows, target);
            var mean = System.Numerics.Tensors.TensorPrimitives.Sum<float>(target) / target.Length;
            System.Numerics.Tensors.TensorPrimitives.Subtract(target, mean, target);
        }

        return result;
    }

    private static (int From, int To) Covered(int index, int count, int length)
    {
        var from = index * length / count;
        return (from, Math.Max(from + 1, (index + 1) * length / count));
    }
}

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
