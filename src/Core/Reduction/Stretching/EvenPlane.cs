using System.Runtime.InteropServices;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Reduction.Stretching;

/// <summary>A map of the unit square onto itself that gives crowded places more room and keeps the shapes of what lies there.</summary>
/// <param name="Cells">Of a side of the grid it is kept on.</param>
/// <param name="Nodes">Where each corner of the cells goes, float32 <c>[Cells + 1, Cells + 1, 2]</c>, a row for each y; between them it is
/// linear along both axes.</param>
public sealed record EvenPlane(int Cells, byte[] Nodes)
{
    private const int Fine = 64;

    // In units of half the side of a cell that coverage counts by, which four frames share.
    private const double Blur = 0.75;
    private const double Background = 0.1;

    private const int StepsBack = 20;

    // A cell with a third of the most frames counts as much as that; an empty one a tenth.
    private const double Full = 3;
    private const double Empty = 0.1;

    private readonly Lazy<NodeGrid> _grid = new(() => Read(Cells, Nodes));

    /// <summary>Fits to points <c>[n, 2]</c> of the square.</summary>
    /// <param name="points">1 or more.</param>
    /// <param name="strength">Above 0, at most 1: the room of a place follows its density to this power.</param>
    public static EvenPlane Fit(ReadOnlySpan<double> points, double strength)
    {
        var (basis, counts) = (new CosineBasis(Fine), new double[Fine * Fine]);
        for (var i = 0; i < points.Length; i += 2)
        {
            counts[(Cell(points[i + 1]) * Fine) + Cell(points[i])]++;
        }

        var cosines = basis.Analyse(counts);
        double[] Blurred(double deviation) => basis.AtMiddles(basis.Spread(cosines, deviation * deviation / 2));
        var deviation = Math.Clamp(Blur * Fine / Math.Sqrt(points.Length / 2), 1.25, Fine / 4);
        var density = Relative([.. Blurred(deviation).Select(value => Math.Pow(Math.Max(value, 0), strength))]);
        var grid = Unfolded(Cartogram.Even(basis, [.. density.Select(value => (value + Background) / (1 + Background))], Fine));
        var near = Blurred(1);
        var most = near.Max();
        ShapeRelaxation.Relax(grid, [.. near.Select(value => Math.Min(1, Math.Max(0, Full * value / most)) + Empty)]);
        float[] nodes = [.. grid.X.Zip(grid.Y).SelectMany(node => (float[])[(float)node.First, (float)node.Second])];
        return new EvenPlane(Fine, MemoryMarshal.AsBytes<float>(nodes).ToArray());
    }

    /// <summary>Where a point of the square goes; edges stay edges.</summary>
    public (double X, double Y) Map(double x, double y) => _grid.Value.At(x, y);

    /// <summary>The flow folds nothing, but its steps may where much lies close together: then it goes not quite so far.</summary>
    private static NodeGrid Unfolded(NodeGrid grid)
    {
        var (regular, unfolded) = (NodeGrid.Regular(grid.Cells), grid);
        for (var back = 1; back <= StepsBack && unfolded.Folds(); back++)
        {
            unfolded = grid.Towards(regular, (double)back / StepsBack);
        }

        return unfolded;
    }

    private static NodeGrid Read(int cells, byte[] nodes)
    {
        var values = MemoryMarshal.Cast<byte, float>(nodes).ToArray();
        return cells > 0 && values.Length == 2 * (cells + 1) * (cells + 1)
            ? new NodeGrid(
                cells,
                [.. values.Where((_, i) => i % 2 == 0).Select(value => (double)value)],
                [.. values.Where((_, i) => i % 2 == 1).Select(value => (double)value)]
            )
            : throw new DamagedFileException($"{values.Length} numbers are no stretch of {cells} cells a side; make the map anew.");
    }

    private static double[] Relative(double[] density)
    {
        var mean = density.Average();
        return [.. density.Select(value => value / mean)];
    }

    private static int Cell(double value) => Math.Clamp((int)(value * Fine), 0, Fine - 1);
}
