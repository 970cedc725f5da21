namespace OrleansAtlas.Reduction.Placement;

/// <summary>Where most of some weighted points of the plane agree a frame belongs: the place that makes the sum of <c>-weight log(1 +
/// (distance / reach)^2)</c>
/// largest, found from each point by the steps of mean shift. A mean would lie between two groups, where nothing is.</summary>
internal static class Vote
{
    private const int Steps = 30;

    /// <param name="points">x and y of each.</param>
    /// <param name="weights">One a point, above 0.</param>
    /// <param name="reach">Distance within which points count as agreeing, above 0.</param>
    public static (double X, double Y) Of(ReadOnlySpan<float> points, ReadOnlySpan<double> weights, double reach)
    {
        var (best, bestX, bestY) = (double.NegativeInfinity, 0.0, 0.0);
        var scale = 1 / (reach * reach);
        for (var from = 0; from < weights.Length; from++)
        {
            double x = points[2 * from],
                y = points[(2 * from) + 1];
            for (var step = 0; step < Steps; step++)
            {
                (x, y) = Shift(points, weights, scale, x, y);
            }

            var score = 0.0;
            for (var i = 0; i < weights.Length; i++)
            {
                score -= weights[i] * Math.Log(1 + (scale * Square(points, i, x, y)));
            }

            (best, bestX, bestY) = score > best ? (score, x, y) : (best, bestX, bestY);
        }

        return (bestX, bestY);
    }

    private static (double X, double Y) Shift(ReadOnlySpan<float> points, ReadOnlySpan<double> weights, double scale, double x, double y)
    {
        var (sumX, sumY, sum) = (0.0, 0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            var w = weights[i] / (1 + (scale * Square(points, i, x, y)));
            (sumX, sumY, sum) = (sumX + (w * points[2 * i]), sumY + (w * points[(2 * i) + 1]), sum + w);
        }

        return (sumX / sum, sumY / sum);
    }

    private static double Square(ReadOnlySpan<float> points, int i, double x, double y)
    {
        var (dx, dy) = (x - points[2 * i], y - points[(2 * i) + 1]);
        return (dx * dx) + (dy * dy);
    }
}
