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
