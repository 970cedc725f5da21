namespace OrleansAtlas.Reduction.Stretching;

/// <summary>Two numbers at each corner of the cells of the unit square, linear along both axes between.</summary>
/// <param name="Cells">Of a side, 1 or more.</param>
/// <param name="X">First number, <c>[Cells + 1, Cells + 1]</c>, a row for each y.</param>
/// <param name="Y">Second number.</param>
internal sealed record NodeGrid(int Cells, double[] X, double[] Y)
{
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
}
