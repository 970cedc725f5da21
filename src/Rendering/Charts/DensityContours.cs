namespace OrleansAtlas.Rendering.Charts;

/// <summary>Lines around the densest places of a set of points: within the line of share s lies that share of the points
/// themselves.</summary>
/// <remarks>The density is known at the middles of cells. Each square between four of them is cut into two triangles, on which it is
/// linear, so that the lines are exactly where it takes a value, and a point is within a line exactly where its own density is
/// higher.</remarks>
internal sealed class DensityContours
{
    private const int Cells = 128;
    private const int Reach = 6;
    private const double Blur = 2.2;

    private readonly double[] _density;
    private readonly double[] _falling;

    /// <param name="points"><c>[n, 2]</c> in [0, 1]^2.</param>
    public DensityContours(ReadOnlySpan<float> points)
    {
        var counts = new double[Cells * Cells];
        for (var i = 0; i < points.Length; i += 2)
        {
            counts[(Cell(points[i + 1]) * Cells) + Cell(points[i])]++;
        }

        _density = Blurred(Blurred(counts, 1, Cells), Cells, 1);
        _falling = new double[points.Length / 2];
        for (var i = 0; i < _falling.Length; i++)
        {
            _falling[i] = DensityAt(points[2 * i], points[(2 * i) + 1]);
        }

        Array.Sort(_falling);
        Array.Reverse(_falling);
    }

    /// <summary>The line of a share as short pieces, ends in [0, 1]^2 and half a cell around it (marching triangles).</summary>
    /// <param name="share">Above 0, below 1.</param>
    public IEnumerable<(double X1, double Y1, double X2, double Y2)> Around(double share)
    {
        var level = Level(share);
        for (var row = -1; row < Cells; row++)
        {
            for (var column = -1; column < Cells; column++)
            {
                foreach (var corner in (Corner[])[new(row, column + 1), new(row + 1, column)])
                {
                    if (Crossing(new(row, column), corner, new(row + 1, column + 1), level) is { } piece)
                    {
                        yield return piece;
                    }
                }
            }
        }
    }

    /// <summary>Between the density of the last point within and that of the first one outside.</summary>
    private double Level(double share)
    {
        var within = (int)Math.Round(share * _falling.Length);
        return within == 0 ? double.PositiveInfinity
            : within == _falling.Length ? 0
            : (_falling[within - 1] + _falling[within]) / 2;
    }

    /// <summary>The piece of line in a triangle; null where there is none.</summary>
    private (double X1, double Y1, double X2, double Y2)? Crossing(Corner a, Corner b, Corner c, double level)
    {
        var (inA, inB, inC) = (At(a) >= level, At(b) >= level, At(c) >= level);
        if (inA == inB && inB == inC)
        {
            return null;
        }

        // The corner that is alone on its side of the line.
        var (alone, one, other) =
            inB == inC ? (a, b, c)
            : inA == inC ? (b, a, c)
            : (c, a, b);
        var ((x1, y1), (x2, y2)) = (Between(alone, one, level), Between(alone, other, level));
        return (x1, y1, x2, y2);
    }

    private (double X, double Y) Between(Corner from, Corner to, double level)
    {
        var (a, b) = (At(from) - level, At(to) - level);
        var share = a / (a - b);
        return (Middle(from.Column + (share * (to.Column - from.Column))), Middle(from.Row + (share * (to.Row - from.Row))));
    }

    /// <summary>Linear on the triangle of middles that the point lies in.</summary>
    private double DensityAt(double x, double y)
    {
        var (column, row) = ((Math.Clamp(x, 0, 1) * Cells) - 0.5, (Math.Clamp(y, 0, 1) * Cells) - 0.5);
        var near = new Corner((int)Math.Floor(row), (int)Math.Floor(column));
        var (right, down) = (column - near.Column, row - near.Row);
        var (first, last) = (At(near), At(new(near.Row + 1, near.Column + 1)));
        var corner = At(right >= down ? new(near.Row, near.Column + 1) : new(near.Row + 1, near.Column));
        var (large, small) = (Math.Max(right, down), Math.Min(right, down));
        return first + (large * (corner - first)) + (small * (last - corner));
    }

    private double At(Corner cell) =>
        cell is { Row: >= 0 and < Cells, Column: >= 0 and < Cells } ? _density[(cell.Row * Cells) + cell.Column] : 0;

    private static double Middle(double cell) => (cell + 0.5) / Cells;

    private static int Cell(float value) => Math.Clamp((int)(value * Cells), 0, Cells - 1);

    private static double[] Blurred(double[] values, int step, int lines)
    {
        var result = new double[values.Length];
        for (var line = 0; line < Cells; line++)
        {
            for (var at = 0; at < Cells; at++)
            {
                for (var other = Math.Max(0, at - Reach); other <= Math.Min(Cells - 1, at + Reach); other++)
                {
                    var distance = (other - at) / Blur;
                    result[(line * lines) + (at * step)] += values[(line * lines) + (other * step)] * Math.Exp(-distance * distance / 2);
                }
            }
        }

        return result;
    }

    /// <summary>The middle of a cell.</summary>
    private readonly record struct Corner(int Row, int Column);
}
