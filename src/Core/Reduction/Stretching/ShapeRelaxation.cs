namespace OrleansAtlas.Reduction.Stretching;

// Why: docs/decisions/stretch.md
/// <summary>Gives the cells of a moved grid their shape back where frames are: each keeps its size, and becomes a square again as far
/// as the empty cells around give way (as-rigid-as-possible, Sorkine and Alexa 2007, with a size for each cell). Neighbours are lost by
/// shapes that are drawn out, not by sizes.</summary>
internal sealed class ShapeRelaxation
{
    private const int Rounds = 40;

    private readonly NodeGrid _grid;
    private readonly double[] _weights;
    private readonly double[] _sides;
    private readonly int _nodes;

    private ShapeRelaxation(NodeGrid grid, double[] weights)
    {
        (_grid, _weights, _nodes) = (grid, weights, grid.Cells + 1);
        _sides = new double[weights.Length];
        for (var cell = 0; cell < _sides.Length; cell++)
        {
            var (across, down) = Axes(Corner(cell));
            _sides[cell] = Math.Sqrt(Math.Max(1e-12, (across.X * down.Y) - (across.Y * down.X)));
        }
    }

    /// <summary>Moves the nodes of a grid, in a fixed order; those at the edges stay there, and no cell is folded.</summary>
    /// <param name="grid">Changed.</param>
    /// <param name="weights">How much each cell's shape matters, above 0, <c>[Cells, Cells]</c>.</param>
    public static void Relax(NodeGrid grid, double[] weights)
    {
        var relaxation = new ShapeRelaxation(grid, weights);
        for (var round = 0; round < Rounds; round++)
        {
            for (var node = 0; node < grid.X.Length; node++)
            {
                // Every other round backwards, so that no direction is favoured.
                relaxation.Move(round % 2 == 0 ? node : grid.X.Length - 1 - node);
            }
        }
    }

    private void Move(int node)
    {
        var (row, column) = (node / _nodes, node % _nodes);
        var (sumX, sumY, sum) = (0.0, 0.0, 0.0);
        foreach (var (down, right) in Around(row, column))
        {
            // The cell's corners, and the square of its size that lies most as it does.
            var cell = (down * _grid.Cells) + right;
            var (across, along) = Axes(Corner(cell));
            var (cos, sin) = (across.X + along.Y, across.Y - along.X);
            var scale = _sides[cell] / Math.Max(1e-12, double.Hypot(cos, sin));
            (cos, sin) = (cos * scale, sin * scale);
            var (toRight, toDown) = (column == right ? 1 : -1, row == down ? 1 : -1);
            var (beside, below) = (node + toRight, node + (toDown * _nodes));
            sumX += _weights[cell] * (_grid.X[beside] - (toRight * cos) + _grid.X[below] + (toDown * sin));
            sumY += _weights[cell] * (_grid.Y[beside] - (toRight * sin) + _grid.Y[below] - (toDown * cos));
            sum += 2 * _weights[cell];
        }

        var (x, y) = (_grid.X[node], _grid.Y[node]);
        var stepX = column is 0 || column == _grid.Cells ? 0 : Math.Clamp(sumX / sum, 0, 1) - x;
        var stepY = row is 0 || row == _grid.Cells ? 0 : Math.Clamp(sumY / sum, 0, 1) - y;
        foreach (var share in (ReadOnlySpan<double>)[1, 0.5, 0.25, 0])
        {
            (_grid.X[node], _grid.Y[node]) = (x + (share * stepX), y + (share * stepY));
            if (!Folds(row, column))
            {
                return;
            }
        }
    }

    /// <summary>Whether a cell at this node does.</summary>
    private bool Folds(int row, int column)
    {
        foreach (var (down, right) in Around(row, column))
        {
            if (_grid.Folds(down, right))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Node at a cell's first corner.</summary>
    private int Corner(int cell) => (cell / _grid.Cells * _nodes) + (cell % _grid.Cells);

    /// <summary>Mean of a cell's two sides across, and of its two sides down.</summary>
    private ((double X, double Y) Across, (double X, double Y) Down) Axes(int a)
    {
        var (b, c, d) = (a + 1, a + _nodes + 1, a + _nodes);
        var (x, y) = (_grid.X, _grid.Y);
        return (
            ((x[b] - x[a] + x[c] - x[d]) / 2, (y[b] - y[a] + y[c] - y[d]) / 2),
            ((x[d] - x[a] + x[c] - x[b]) / 2, (y[d] - y[a] + y[c] - y[b]) / 2)
        );
    }

    /// <summary>The cells at a node, two at an edge, one in a corner of the square.</summary>
    private IEnumerable<(int Down, int Right)> Around(int row, int column)
    {
        for (var down = Math.Max(0, row - 1); down <= Math.Min(row, _grid.Cells - 1); down++)
        {
            for (var right = Math.Max(0, column - 1); right <= Math.Min(column, _grid.Cells - 1); right++)
            {
                yield return (down, right);
            }
        }
    }
}
