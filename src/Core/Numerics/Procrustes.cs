namespace OrleansAtlas.Numerics;

/// <summary>The rotation or reflection about the means that brings one layout of the plane closest to another of the same frames.</summary>
/// <param name="Matrix">Row-major 2 x 2; a point as a row, from the right.</param>
/// <param name="Disparity">What is left of the squared differences when both are scaled to size 1: 0 the same shape, 1 nothing in common
/// (scipy.spatial.procrustes).</param>
internal sealed record Procrustes(double[] Matrix, double Disparity)
{
    /// <param name="from">Codes <c>[n, 2]</c> to be turned.</param>
    /// <param name="to">Codes <c>[n, 2]</c> to be met.</param>
    public static Procrustes Fit(ReadOnlySpan<float> from, ReadOnlySpan<float> to)
    {
        if (from.Length != to.Length || from.Length < 4)
        {
            throw new ArgumentException(
                $"Layouts of {from.Length / 2} and {to.Length / 2} frames cannot be aligned; both must hold the same frames, 2 or more.",
                nameof(to)
            );
        }

        var (ax, ay, bx, by) = (Mean(from, 0), Mean(from, 1), Mean(to, 0), Mean(to, 1));
        var (xx, xy, yx, yy, sizeA, sizeB) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < from.Length; i += 2)
        {
            var (px, py, qx, qy) = (from[i] - ax, from[i + 1] - ay, to[i] - bx, to[i + 1] - by);
            (xx, xy, yx, yy) = (xx + (px * qx), xy + (px * qy), yx + (py * qx), yy + (py * qy));
            (sizeA, sizeB) = (sizeA + (px * px) + (py * py), sizeB + (qx * qx) + (qy * qy));
        }

        // The best turn and the best reflection each have one angle; the larger overlap wins.
        var (turn, mirror) = (double.Hypot(xx + yy, xy - yx), double.Hypot(xx - yy, xy + yx));
        var angle = turn >= mirror ? Math.Atan2(xy - yx, xx + yy) : Math.Atan2(xy + yx, xx - yy);
        var (cos, sin) = (Math.Cos(angle), Math.Sin(angle));
        var size = sizeA * sizeB;
        return new Procrustes(
            turn >= mirror ? [cos, sin, -sin, cos] : [cos, sin, sin, -cos],
            size > 0 ? 1 - (Math.Pow(Math.Max(turn, mirror), 2) / size) : 0
        );
    }

    private static double Mean(ReadOnlySpan<float> points, int column)
    {
        var sum = 0.0;
        for (var i = column; i < points.Length; i += 2)
        {
            sum += points[i];
        }

        return sum / (points.Length / 2);
    }
}
