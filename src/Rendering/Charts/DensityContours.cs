namespace OrleansAtlas.Rendering.Charts;

/// <summary>Lines around the densest places of a set of points: within the line of share s lies that share of the points.</summary>
internal sealed class DensityContours
{
    private const int Cells = 128;
    private const int Reach = 6;
    private const double Blur = 2.2;

    private readonly double[] _density;

    /// <param name="points"><c>[n, 2]</c> in [0, 1]^2.</param>
    public DensityContours(ReadOnlySpan<float> points)
    {
        var counts = new double[Cells * Cells];
        for (var i = 0; i < points.Length; i += 2)
        {
            counts[(Cell(points[i + 1]) * Cells) + Cell(points[i])]++;
        }

        _density = Blurred(Blurred(counts, 1, Cells), Cells, 1);
    }

    /// <summary>The line of a share as short pieces, ends in [0, 1]^2 (marching squares).</summary>
    /// <param name="share">Above 0, below 1.</param>
    public IEnumerable<(double X1, double Y1, double X2, double Y2)> Around(double share)
    {
        var level = Level(share);
        for (var row = -1; row < Cells; row++)
        {
            for (var column = -1; column < Cells; column++)
            {
                var crossings = Crossings(row, column, level);
                for (var i = 0; i + 1 < crossings.Count; i += 2)
                {
                    yield return (crossings[i].X, crossings[i].Y, crossings[i + 1].X, crossings[i + 1].Y);
                }
            }
        }
    }

    /// <summary>The density above which that share of the points lies.</summary>
    private double Level(double share)
    {
        var (left, level) = (share * _density.Sum(), 0.0);
        foreach (var density in _density.OrderDescending())
        {
            level = density;
            left -= density;
            if (left <= 0)
            {
                break;
            }
        }

        return level;
    }

    private List<(double X, double Y)> Crossings(int row, int column, double level)
    {
        (int Row, int Column)[] corners = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)];
        var crossings = new List<(double X, double Y)>(4);
        for (var side = 0; side < 4; side++)
        {
            var (from, to) = (corners[side], corners[(side + 1) % 4]);
            var (a, b) = (At(from) - level, At(to) - level);
            if (a >= 0 != b >= 0)
            {
                var share = a / (a - b);
                crossings.Add(
                    (Middle(from.Column + (share * (to.Column - from.Column))), Middle(from.Row + (share * (to.Row - from.Row))))
                );
            }
        }

        return crossings;
    }

    private double At((int Row, int Column) cell) =>
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
}
