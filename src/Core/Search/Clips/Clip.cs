using System.Numerics.Tensors;

namespace OrleansAtlas.Search.Clips;

/// <summary>A stretch of a film as the sequence of its frames.</summary>
/// <param name="Name">What the film is called.</param>
/// <param name="Film">Its number on the map; -1 for one that is not in the library.</param>
/// <param name="Times">Presentation times in seconds, rising, <c>[n]</c>.</param>
/// <param name="Rows">Reduced vectors, scaled to unit length, <c>[n, k]</c>.</param>
/// <param name="Positions">Positions on the map, <c>[n, 2]</c>.</param>
/// <param name="First">Number of the first frame in the order of the map; 0 for one that is not in the library.</param>
public sealed record Clip(string Name, int Film, double[] Times, float[] Rows, float[] Positions, int First)
{
    /// <summary>Frames.</summary>
    public int Count => Times.Length;

    /// <summary>Numbers in a reduced vector.</summary>
    public int Width => Count == 0 ? 0 : Rows.Length / Count;

    /// <summary>First time in seconds.</summary>
    public double Start => Times[0];

    /// <summary>Last time in seconds.</summary>
    public double End => Times[^1];

    /// <summary>A frame's reduced vector.</summary>
    public ReadOnlySpan<float> Row(int frame) => Rows.AsSpan(frame * Width, Width);

    /// <summary>Scales vectors to unit length, in place: what differs is then the direction, that is the look, and a plain frame, near the
    /// library's mean, is not near to everything. Zero stays zero.</summary>
    /// <param name="rows"><c>[n, width]</c>.</param>
    /// <param name="width">Numbers in a vector.</param>
    public static float[] Unit(float[] rows, int width)
    {
        for (var at = 0; at < rows.Length; at += width)
        {
            var row = rows.AsSpan(at, width);
            if (TensorPrimitives.Norm<float>(row) is > 0 and var norm)
            {
                TensorPrimitives.Divide(row, norm, row);
            }
        }

        return rows;
    }

    /// <summary>Some of its frames in a row.</summary>
    /// <param name="from">First frame.</param>
    /// <param name="count">Frames.</param>
    public Clip Slice(int from, int count) =>
        this with
        {
            Times = Times[from..(from + count)],
            Rows = Rows[(from * Width)..((from + count) * Width)],
            Positions = Positions[(2 * from)..(2 * (from + count))],
            First = First + from,
        };

    /// <summary>The frames from one time to another; one frame, the nearest, where none lies between.</summary>
    public Clip Between(double from, double to)
    {
        var inside = Enumerable.Range(0, Count).Where(i => Times[i] >= from && Times[i] <= to).ToArray();
        return inside.Length > 0 ? Slice(inside[0], inside.Length) : Slice(Nearest((from + to) / 2), 1);
    }

    /// <summary>Number of the frame nearest to a time.</summary>
    public int Nearest(double time) => Enumerable.Range(0, Count).MinBy(i => Math.Abs(Times[i] - time));

    /// <summary>Numbers of at most so many of its frames, evenly spread, first and last among them.</summary>
    public int[] Spread(int most) =>
        Count <= most
            ? [.. Enumerable.Range(0, Count)]
            : [.. Enumerable.Range(0, most).Select(i => (int)((long)i * (Count - 1) / Math.Max(1, most - 1)))];
}
