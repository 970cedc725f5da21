namespace OrleansAtlas.Reduction.Stretching;

// Why: docs/decisions/stretch.md
/// <summary>Moves the nodes of a grid until the density between them is even: they flow with what is dense as it spreads like heat
/// (Gastner and Newman 2004). Crowded places grow, empty ones shrink, nothing is torn or folded.</summary>
internal static class Cartogram
{
    private const int Steps = 60;
    private const double FirstStep = 0.05;

    /// <param name="basis">Of this many cells a side.</param>
    /// <param name="density">Of each cell, above 0, <c>[cells, cells]</c>.</param>
    /// <param name="cells">Of a side.</param>
    public static NodeGrid Even(CosineBasis basis, double[] density, int cells)
    {
        var (grid, cosines) = (NodeGrid.Regular(cells), basis.Analyse(density));

        // What is left of the longest wave is a fiftieth; steps grow as what flows becomes smoother.
        var end = 4.0 * cells * cells / (Math.PI * Math.PI);
        var growth = Math.Pow(end / FirstStep, 1.0 / Steps);
        for (var (step, time) = (0, 0.0); step <= Steps; step++)
        {
            var next = FirstStep * Math.Pow(growth, step);
            var half = Flow(basis, cosines, time, grid, grid, (next - time) / 2);
            grid = Flow(basis, cosines, (time + next) / 2, half, grid, next - time);
            time = next;
        }

        return grid;
    }

    /// <summary>The nodes of <paramref name="from"/> after some time at the velocities of a moment, <c>-slope / density</c>, at other
    /// places.</summary>
    private static NodeGrid Flow(CosineBasis basis, double[] cosines, double moment, NodeGrid at, NodeGrid from, double time)
    {
        var (density, byX, byY) = basis.AtNodes(basis.Spread(cosines, moment));
        var (cells, moved) = (at.Cells, new NodeGrid(at.Cells, new double[from.X.Length], new double[from.Y.Length]));
        for (var i = 0; i < density.Length; i++)
        {
            (byX[i], byY[i]) = (-byX[i] / density[i] / cells, -byY[i] / density[i] / cells);
        }

        var velocity = new NodeGrid(cells, byX, byY);
        for (var i = 0; i < moved.X.Length; i++)
        {
            var (x, y) = velocity.At(at.X[i], at.Y[i]);
            (moved.X[i], moved.Y[i]) = (Math.Clamp(from.X[i] + (time * x), 0, 1), Math.Clamp(from.Y[i] + (time * y), 0, 1));
        }

        return moved;
    }
}
