using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Search.Similar;

/// <summary>How far two clips are from each other, as a set of looks and as an order of them.</summary>
/// <param name="Looks">Optimal transport of the frames' reduced vectors: what is seen, and for how long.</param>
/// <param name="Order">Dynamic time warping of them: what is seen after what.</param>
public readonly record struct ClipDistance(double Looks, double Order)
{
    /// <summary>The two together.</summary>
    public double Both => (Looks + Order) / 2;
}

/// <summary>The measure that similar and dissimilar clips are found by; docs/decisions/comparing-clips.md has the ones that were
/// tried.</summary>
public static class ClipMeasure
{
    /// <summary>Frames of a clip that are compared: evenly spread where there are more.</summary>
    public const int MostFrames = 48;

    /// <summary>The distance of two clips, in the unit of reduced vectors.</summary>
    public static ClipDistance Between(Clip a, Clip b) => Of(CostMatrix.Of(Thin(a), Thin(b), a.Width));

    /// <summary>The distance of two clips by the distances of their frames.</summary>
    public static ClipDistance Of(CostMatrix cost) => new(SequenceDistances.Transport(cost), SequenceDistances.DynamicTimeWarping(cost));

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
