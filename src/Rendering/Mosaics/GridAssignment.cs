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
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The cells in reading order. Where the window has fewer frames than cells, the grid is smaller, of about the same
    /// shape.</returns>
    /// <exception cref="AtlasException">There is no frame in the window.</exception>
    public static GridLayout Assign(
        IReadOnlyList<MapFrame> frames,
        MapView view,
        int columns,
        int rows,
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
        return AssignTo(inside, view, c, r, [.. Enumerable.Range(0, c * r)], cancellationToken);
    }

    /// <summary>Lays out all frames of a window on a grid with more cells than there are frames; the other cells stay empty.</summary>
    /// <param name="frames">Frames of the map, in the window not more than cells; those outside are left out.</param>
    /// <param name="view">The window.</param>
    /// <param name="columns">Cells a row, at least 1.</param>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The filled cells in reading order.</returns>
    public static GridLayout Scatter(
        IReadOnlyList<MapFrame> frames,
        MapView view,
        int columns,
        int rows,
        CancellationToken cancellationToken
    )
    {
        var inside = frames.Where(frame => view.Contains(frame.X, frame.Y)).ToArray();
        var problem = Problem.Of(inside, view, columns, rows);
        var frameOf = new int[columns * rows];
        Array.Fill(frameOf, -1);
        problem.Solve([.. Enumerable.Range(0, columns * rows)], [.. Enumerable.Range(0, inside.Length)], frameOf, cancellationToken);
        return new GridLayout(
            view,
            columns,
            rows,
            [
                .. frameOf
                    .Index()
                    .Where(cell => cell.Item >= 0)
                    .Select(c => new GridCell(c.Index % columns, c.Index / columns, inside[c.Item])),
            ]
        );
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

        var frameOf = new int[columns * rows];
        Problem.Of(frames, view, columns, rows).Solve([.. cells], [.. Enumerable.Range(0, frames.Count)], frameOf, cancellationToken);
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
        public static Problem Of(IReadOnlyList<MapFrame> frames, MapView view, int columns, int rows) =>
            new(columns, rows, [.. frames.Select(f => view.ToWindow(f.X, f.Y).X)], [.. frames.Select(f => view.ToWindow(f.X, f.Y).Y)]);

        /// <summary>Fills all cells where there are enough frames, else as many as there are.</summary>
        public void Solve(int[] cells, int[] frames, int[] frameOf, CancellationToken cancellationToken)
        {
            if (cells.Length <= ExactCells)
            {
                SolveExactly(cells, frames, frameOf, cancellationToken);
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

            // Each half gets as many frames as it has cells at least or, where frames are few, at most.
            var (first, second) = (middle, along.Length - (ordered.Length - middle));
            var split = Math.Clamp(
                along.Count(f => frameAt[f] < edge),
                Math.Max(0, Math.Min(first, second)),
                Math.Min(along.Length, Math.Max(first, second))
            );
            Solve(ordered[..middle], along[..split], frameOf, cancellationToken);
            Solve(ordered[middle..], along[split..], frameOf, cancellationToken);
        }

        private void SolveExactly(int[] cells, int[] frames, int[] frameOf, CancellationToken cancellationToken)
        {
            var (few, many) = (Math.Min(cells.Length, frames.Length), Math.Max(cells.Length, frames.Length));
            Solver solve = many < CrowdedBelow * few ? CrowdedAssignment.Solve : LinearAssignment.Solve;
            var (cellX, cellY) = (cells.Select(CellX).ToArray(), cells.Select(CellY).ToArray());
            var (frameX, frameY) = (frames.Select(f => X[f]).ToArray(), frames.Select(f => Y[f]).ToArray());
            if (frames.Length >= cells.Length)
            {
                foreach (var (cell, frame) in solve(cellX, cellY, frameX, frameY, cancellationToken).Index())
                {
                    frameOf[cells[cell]] = frames[frame];
                }

                return;
            }

            foreach (var (frame, cell) in solve(frameX, frameY, cellX, cellY, cancellationToken).Index())
            {
                frameOf[cells[cell]] = frames[frame];
            }
        }

        private double CellX(int cell) => ((cell % Columns) + 0.5) / Columns;

        private double CellY(int cell) => ((cell / Columns) + 0.5) / Rows;
    }
}
