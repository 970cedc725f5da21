using OrleansAtlas.Maps;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>A grid filled with frames.</summary>
/// <param name="View">The window of the map it shows.</param>
/// <param name="Columns">Cells a row; may be fewer than were asked for.</param>
/// <param name="Rows">Rows; may be fewer than were asked for.</param>
/// <param name="Cells">The cells that are filled, in reading order: usually all.</param>
public sealed record GridLayout(MapView View, int Columns, int Rows, IReadOnlyList<GridCell> Cells)
{
    /// <summary>How far a frame's place is from its cell's centre, as a share of the window's side.</summary>
    public double Displacement(GridCell cell)
    {
        var (x, y) = View.ToWindow(cell.Frame.X, cell.Frame.Y);
        return Math.Sqrt(Math.Pow(x - ((cell.Column + 0.5) / Columns), 2) + Math.Pow(y - ((cell.Row + 0.5) / Rows), 2));
    }
}
