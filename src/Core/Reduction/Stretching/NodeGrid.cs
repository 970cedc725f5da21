namespace OrleansAtlas.Reduction.Stretching;

/// <summary>Two numbers at each corner of the cells of the unit square, linear along both axes between.</summary>
/// <param name="Cells">Of a side, 1 or more.</param>
/// <param name="X">First number, <c>[Cells + 1, Cells + 1]</c>, a row for each y.</param>
/// <param name="Y">Second number.</param>
internal sealed record NodeGrid(int Cells, double[] X, double[] Y)
{
    private const double LeastTurned = 1e-7;

    /// <summary>Each node where it is.</summary>
    public static NodeGrid Regular(int cells)
    {
        var nodes = (cells + 1) * (cells + 1);
        return new NodeGrid(
            cells,
            [.. Enumerable.Range(0, nodes).Select(i => (double)(i % (cells + 1)) / cells)],
            [.. Enumerable.Range(0, nodes).Select(i => (double)(i / (cells + 1)) / cells)]
        );
    }

    /// <summary>Whether a cell is no convex quadrangle the right way round: two places of it may then meet.</summary>
    public bool Folds(int row, int column)
    {
        var a = (row * (Cells + 1)) + column;
        var (b, c, d) = (a + 1, a + Cells + 2, a + Cells + 1);
        return Turn(a, b, d) < LeastTurned || Turn(b, c, a) < LeastTurned || Turn(c, d, b) < LeastTurned || Turn(d, a, c) < LeastTurned;
    }

    /// <summary>Whether any cell does.</summary>
    public bool Folds() => Enumerable.Range(0, Cells * Cells).Any(cell => Folds(cell / Cells, cell % Cells));

    /// <summary>Each node a share of the way to another grid's.</summary>
    public NodeGrid Towards(NodeGrid other, double share) =>
        new(
            Cells,
            [.. X.Zip(other.X, (from, to) => from + (share * (to - from)))],
            [.. Y.Zip(other.Y, (from, to) => from + (share * (to - from)))]
        );

    /// <summary>The numbers at a place of the square.</summary>
    public (double X, double Y) At(double x, double y)
    {
        var (column, row) = (Math.Clamp(x, 0, 1) * Cells, Math.Clamp(y, 0, 1) * Cells);
        var (left, above) = (Math.Min((int)column, Cells - 1), Math.Min((int)row, Cells - 1));
        var (right, down) = (column - left, row - above);
        var at = (above * (Cells + 1)) + left;
        double Between(double[] values) =>
            ((1 - down) * (values[at] + (right * (values[at + 1] - values[at]))))
            + (down * (values[at + Cells + 1] + (right * (values[at + Cells + 2] - values[at + Cells + 1]))));
        return (Between(X), Between(Y));
    }

    private double Turn(int at, int one, int other) => ((X[one] - X[at]) * (Y[other] - Y[at])) - ((Y[one] - Y[at]) * (X[other] - X[at]));
}
