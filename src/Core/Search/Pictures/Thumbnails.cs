using System.Numerics.Tensors;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Search.Pictures;

/// <summary>A film's frames, or a photo, as small grey pictures: enough to tell whether two show the same.</summary>
/// <param name="Times">Seconds, rising, <c>[n]</c>.</param>
/// <param name="Grey">Luma, <c>[n, Side, Side]</c>.</param>
internal sealed record Thumbnails(double[] Times, byte[] Grey)
{
    /// <summary>Pixels a row and a column, whatever the film's shape.</summary>
    public const int Side = 48;

    /// <summary>Bytes of a frame.</summary>
    public const int Size = Side * Side;

    /// <summary>Frames.</summary>
    public int Count => Times.Length;

    /// <summary>Seconds between frames, the median.</summary>
    public double Step => Count < 2 ? 1 : Times.Zip(Times.Skip(1), (a, b) => b - a).Order().ElementAt((Count - 1) / 2);

    /// <summary>The pixels of a frame.</summary>
    public ReadOnlySpan<byte> this[int frame] => Grey.AsSpan(frame * Size, Size);

    /// <summary>Some frames in a row.</summary>
    public Thumbnails Slice(int first, int count) => new(Times[first..(first + count)], Grey[(first * Size)..((first + count) * Size)]);

    /// <summary>The number of the frame that is nearest to a time.</summary>
    public int Nearest(double time)
    {
        var at = Array.BinarySearch(Times, time);
        var after = Math.Clamp(at < 0 ? ~at : at, 0, Count - 1);
        return after > 0 && time - Times[after - 1] < Times[after] - time ? after - 1 : after;
    }

    /// <summary>Luma (ITU-R BT.709) of a picture, the mean over what each small pixel covers.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="grey">Receives <see cref="Size"/> bytes.</param>
    public static void Shrink(RgbImage image, Span<byte> grey)
    {
        ArgumentNullException.ThrowIfNull(image);
        var pixels = image.Span;
        for (var y = 0; y < Side; y++)
        {
            var (top, bottom) = Covered(y, image.Height);
            for (var x = 0; x < Side; x++)
            {
                var (left, right) = Covered(x, image.Width);
                var sum = 0L;
                for (var row = top; row < bottom; row++)
                {
                    for (var at = ((row * image.Width) + left) * 3; at < ((row * image.Width) + right) * 3; at += 3)
                    {
                        sum += (54 * pixels[at]) + (183 * pixels[at + 1]) + (19 * pixels[at + 2]);
                    }
                }

                grey[(y * Side) + x] = (byte)(sum / (256 * (bottom - top) * (right - left)));
            }
        }
    }

    /// <summary>The frames as a part of the picture shows them, each <c>[side, side]</c> with its mean taken away: <c>[n, side *
    /// side]</c>.</summary>
    public float[] Look(PictureView view, int side)
    {
        var result = new float[Count * side * side];
        for (var frame = 0; frame < Count; frame++)
        {
            var target = result.AsSpan(frame * side * side, side * side);
            view.Read(this[frame], side, side, target);
            TensorPrimitives.Subtract(target, TensorPrimitives.Sum<float>(target) / target.Length, target);
        }

        return result;
    }

    private static (int From, int To) Covered(int index, int length)
    {
        var from = index * length / Side;
        return (from, Math.Max(from + 1, (index + 1) * length / Side));
    }
}
