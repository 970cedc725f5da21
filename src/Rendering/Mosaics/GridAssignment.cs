using OrleansAtlas.Errors;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>Which frame stands in which cell of a grid: no frame twice, and the sum of the squared ways from the frames' places
/// to their cells least.</summary>
public static class GridAssignment
{
    /// <summary>Up to so many cells the least sum is found exactly. A larger grid is halved across its longer side, and its frames
    /// along the same line, each half keeping as many frames as it has cells, until the parts are that small: within a part the
    /// sum is least, over all it is close.</summary>
    public const int ExactCells = 2500;

    /// <summary>Frames a cell below which all frames are looked at for every cell.</summary>
    private const int CrowdedBelow = 4;

    private delegate int[] Solver(double[] targetX, double[] targetY, double[] x, double[] y, CancellationToken cancellationToken);

    /// <summary>Assigns frames to cells.</summary>
    /// <param name="frames">Frames of the map; those outside the window are left out.</param>
    /// <param name="view">The window.</param>
    /// <param name="columns">Cells a row, at least 1.</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="variety">0 to 1: how much frames of the same film and second are kept apart, see <see cref="Variety"/>.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The cells in reading order. Where the window has fewer frames than cells, the grid is smaller, of about the same
    /// shape.</returns>
    /// <exception cref="AtlasException">There is no frame in the window.</exception>
    public static GridLayout Assign(
        IReadOnlyList<MapFrame> frames,
        MapView view,
        int columns,
        int rows,
        double variety,
        CancellationToken cancellationToken
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var inside = frames.Where(frame => view.Contains(frame.X, frame.Y)).ToArray();
        if (inside.Length == 0)
        {
            throw new AtlasException(
                $"No frame lies in the window of width {view.Width} around {view.X},{view.Y}: take a wider one (the whole map is "
                    + "0.5,0.5 and width 1)."
            );
        }

        var (c, r) = Shrink(columns, rows, inside.Length);
        var chosen = Variety.Thin(inside, c * r, variety).Select(i => inside[i]).ToArray();
        var problem = new Problem(
            c,
            r,
            [.. chosen.Select(f => view.ToWindow(f.X, f.Y).X)],
            [.. chosen.Select(f => view.ToWindow(f.X, f.Y).Y)]
        );
        var frameOf = new int[c * r];
        problem.Solve([.. Enumerable.Range(0, c * r)], [.. Enumerable.Range(0, chosen.Length)], frameOf, cancellationToken);
        return new GridLayout(view, c, r, [.. frameOf.Select((frame, cell) => new GridCell(cell % c, cell / c, chosen[frame]))]);
    }

    /// <summary>Assigns frames to some cells of a grid, such as those inside an outline.</summary>
    /// <param name="frames">Frames, at least as many as cells.</param>
    /// <param name="view">The window that the grid covers.</param>
    /// <param name="columns">Cells a row of the grid, at least 1.</param>
    /// <param name="rows">Rows of the grid, at least 1.</param>
    /// <param name="cells">The cells to fill, <c>row * columns + column</c>, rising, none twice.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>A layout of these cells only.</returns>
    public static GridLayout AssignTo(
        IReadOnlyList<MapFrame> frames,
        MapView view,
        int columns,
        int rows,
        IReadOnlyList<int> cells,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (frames.Count < cells.Count)
        {
            throw new AtlasException($"{frames.Count} frames cannot fill {cells.Count} cells; take fewer cells.");
        }

        var problem = new Problem(
            columns,
            rows,
            [.. frames.Select(f => view.ToWindow(f.X, f.Y).X)],
            [.. frames.Select(f => view.ToWindow(f.X, f.Y).Y)]
        );
        var frameOf = new int[columns * rows];
        problem.Solve([.. cells], [.. Enumerable.Range(0, frames.Count)], frameOf, cancellationToken);
        return new GridLayout(
            view,
            columns,
            rows,
            [.. cells.Select(cell => new GridCell(cell % columns, cell / columns, frames[frameOf[cell]]))]
        );
    }

    /// <summary>The largest grid of about this shape that so many frames fill.</summary>
    public static (int Columns, int Rows) Shrink(int columns, int rows, int frames)
    {
        if ((long)columns * rows <= frames)
        {
            return (columns, rows);
        }

        var byColumns = Enumerable
            .Range(1, columns)
            .Select(c => (Columns: c, Rows: Math.Max(1, (int)Math.Round((double)c * rows / columns))));
        var byRows = Enumerable.Range(1, rows).Select(r => (Columns: Math.Max(1, (int)Math.Round((double)r * columns / rows)), Rows: r));
        return byColumns
            .Concat(byRows)
            .Where(g => (long)g.Columns * g.Rows <= frames)
            .DefaultIfEmpty((Columns: 1, Rows: 1))
            .MaxBy(g => g.Columns * g.Rows);
    }

    private sealed record Problem(int Columns, int Rows, double[] X, double[] Y)
    {
        public void Solve(int[] cells, int[] frames, int[] frameOf, CancellationToken cancellationToken)
        {
            if (cells.Length <= ExactCells)
            {
                Solver solve = frames.Length < CrowdedBelow * cells.Length ? CrowdedAssignment.Solve : LinearAssignment.Solve;
                var found = solve(
                    [.. cells.Select(CellX)],
                    [.. cells.Select(CellY)],
                    [.. frames.Select(f => X[f])],
                    [.. frames.Select(f => Y[f])],
                    cancellationToken
                );
                for (var i = 0; i < cells.Length; i++)
                {
                    frameOf[cells[i]] = frames[found[i]];
                }

                return;
            }

            var wide =
                cells.Max(cell => cell % Columns) - cells.Min(cell => cell % Columns)
                >= cells.Max(cell => cell / Columns) - cells.Min(cell => cell / Columns);
            var (cellAt, frameAt) = wide ? ((Func<int, double>)CellX, X) : (CellY, Y);
            var ordered = cells.OrderBy(cellAt).ThenBy(cell => cell).ToArray();
            var middle = Array.FindIndex(ordered, cell => cellAt(cell) > cellAt(ordered[ordered.Length / 2]) - 1e-9);
            var edge = (cellAt(ordered[middle - 1]) + cellAt(ordered[middle])) / 2;
            var along = frames.OrderBy(f => frameAt[f]).ThenBy(f => f).ToArray();
            var split = Math.Clamp(along.Count(f => frameAt[f] < edge), middle, along.Length - (ordered.Length - middle));
            Solve(ordered[..middle], along[..split], frameOf, cancellationToken);
            Solve(ordered[middle..], along[split..], frameOf, cancellationToken);
        }

        private double CellX(int cell) => ((cell % Columns) + 0.5) / Columns;

        private double CellY(int cell) => ((cell / Columns) + 0.5) / Rows;
    }
}
