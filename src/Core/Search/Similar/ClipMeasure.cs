using System.Numerics.Tensors;
using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Search.Similar;

/// <summary>How far two clips are from each other, as a set of looks and as an order of them.</summary>
/// <param name="Looks">What is seen: each frame to the nearest of the other clip, and the mean of the frames.</param>
/// <param name="Order">Dynamic time warping: what is seen after what.</param>
public readonly record struct ClipDistance(double Looks, double Order)
{
    private const double OrderShare = 1 / 6.0;

    /// <summary>The two together.</summary>
    public double Both => ((1 - OrderShare) * Looks) + (OrderShare * Order);
}

// Why: docs/decisions/comparing-clips.md
/// <summary>The measure that similar and dissimilar clips are found by.</summary>
public static class ClipMeasure
{
    /// <summary>Frames of a clip that are compared: evenly spread where there are more.</summary>
    public const int MostFrames = 48;

    /// <summary>The distance of two clips, in the unit of reduced vectors.</summary>
    public static ClipDistance Between(Clip a, Clip b)
    {
        var (rowsA, rowsB) = (Thin(a), Thin(b));
        var cost = CostMatrix.Of(rowsA, rowsB, a.Width);
        var looks = (SequenceDistances.Chamfer(cost) + MeanLooks(rowsA, rowsB, a.Width)) / 2;
        return new ClipDistance(looks, SequenceDistances.DynamicTimeWarping(cost));
    }

    /// <summary>How far the two clips' mean vectors, of unit length, are from each other.</summary>
    private static double MeanLooks(float[] a, float[] b, int width)
    {
        var (meanA, meanB) = (Clip.Unit(Sum(a, width), width), Clip.Unit(Sum(b, width), width));
        return Math.Sqrt(Numerics.Distance.Squared(meanA, meanB));
    }

    private static float[] Sum(float[] rows, int width)
    {
        var sum = new float[width];
        for (var at = 0; at < rows.Length; at += width)
        {
            TensorPrimitives.Add(sum, rows.AsSpan(at, width), sum);
        }

        return sum;
    }

    /// <summary>Reduced vectors of the frames that are compared.</summary>
    public static float[] Thin(Clip clip)
    {
        var chosen = clip.Spread(MostFrames);
        if (chosen.Length == clip.Count)
        {
            return clip.Rows;
        }

        var rows = new float[chosen.Length * clip.Width];
        for (var i = 0; i < chosen.Length; i++)
        {
            clip.Row(chosen[i]).CopyTo(rows.AsSpan(i * clip.Width));
        }

        return rows;
    }
}
