namespace OrleansAtlas.Maps;

/// <summary>A rising function from the line to [0, 1], piecewise linear through knots: the frames it was made from fill
/// [0.01, 0.99]; what lies outside of them, up to 1.5, still keeps its order in the margins.</summary>
/// <param name="Knots">Values at evenly spaced shares of the frames, rising.</param>
public sealed record QuantileAxis(double[] Knots)
{
    private const double Limit = 1.5;
    private const double Margin = 0.01;

    /// <summary>Even from one reach below a middle to one above.</summary>
    public static QuantileAxis Around(double middle, double reach) => new([middle - reach, middle + reach]);

    /// <summary>Share of the way between the margins of a position, 0 to 1; that of the nearer margin where it lies in one.</summary>
    public static double Inside(double position) => Math.Clamp((position - Margin) / (1 - (2 * Margin)), 0, 1);

    /// <summary>The position at a share of the way between the margins.</summary>
    public static double Place(double share) => Margin + ((1 - (2 * Margin)) * share);

    /// <summary>A position in the margins; null where it is between them.</summary>
    public static double? Outside(double position) => position is < Margin or > 1 - Margin ? position : null;

    /// <summary>Knots at the percentiles of these values.</summary>
    public static QuantileAxis Percentiles(double[] values, int knots)
    {
        var sorted = values.Order().ToArray();
        return new QuantileAxis([.. Enumerable.Range(0, knots).Select(i => At(sorted, (double)i / (knots - 1)))]);
    }

    /// <summary>The same ends, but even between.</summary>
    public QuantileAxis Linear() => new([Knots[0], Knots[^1]]);

    /// <summary>Position of a value, 0 to 1; in the middle of the step where many frames share the value.</summary>
    public double Map(double value)
    {
        var (first, last) = (Knots[0], Knots[^1]);
        if (value < first)
        {
            return Margin * Math.Clamp((value + Limit) / (first + Limit), 0, 1);
        }

        if (value > last)
        {
            return 1 - (Margin * Math.Clamp((Limit - value) / (Limit - last), 0, 1));
        }

        var below = Array.FindLastIndex(Knots, knot => knot <= value);
        var above = Array.FindIndex(Knots, knot => knot >= value);
        var share = above > below ? below + ((value - Knots[below]) / (Knots[above] - Knots[below])) : (above + below) / 2.0;
        return Margin + ((1 - (2 * Margin)) * share / (Knots.Length - 1));
    }

    private static double At(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
