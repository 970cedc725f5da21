using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Sheets;

/// <summary>How a sheet of clips divides its picture: the map at the left, columns of frames at the right, ten a row.</summary>
internal sealed record ClipSheetLayout
{
    /// <summary>Frames in a column at most.</summary>
    private const int MostFrames = 8;

    private const int ColumnsPerRow = 10;
    private const int TileWidth = 178;
    private const int TileHeight = 100;
    private const int Gap = 6;

    /// <param name="clips">Columns.</param>
    /// <param name="frames">Frames of the clip that has the most: of photos 1.</param>
    public ClipSheetLayout(int clips, int frames)
    {
        Frames = Math.Min(frames, MostFrames);
        var rows = (clips + ColumnsPerRow - 1) / ColumnsPerRow;
        var columns = Math.Min(clips, ColumnsPerRow);
        var top = Margin + (Text * 5 / 2);
        RowHeight = HeadHeight + (Frames * (TileHeight + Gap)) + Margin;
        const int Side = HeadHeight + (MostFrames * (TileHeight + Gap)) - Gap;
        Plot = new PixelRectangle(Margin, top, Side, Side);
        Width = Plot.X + Plot.Width + Margin + (columns * (TileWidth + Gap)) - Gap + Margin;
        Height = top + Math.Max(rows * RowHeight, Side + Gap + Margin) - Gap;
    }

    public const int Text = 20;

    public const int HeadHeight = (4 * Text) + Gap;

    public const int Margin = 36;

    /// <summary>What a name takes of a column: it keeps away from the next one.</summary>
    public const int NameWidth = TileWidth - (Text / 2);

    /// <summary>Frames in a column.</summary>
    public int Frames { get; }

    public int Width { get; }

    public int Height { get; }

    public PixelRectangle Plot { get; }

    private int RowHeight { get; }

    /// <summary>Where a column's name is.</summary>
    public PixelRectangle Head(int column) =>
        new(
            Plot.X + Plot.Width + Margin + (column % ColumnsPerRow * (TileWidth + Gap)),
            Plot.Y + (column / ColumnsPerRow * RowHeight),
            TileWidth,
            HeadHeight
        );

    /// <summary>Where a frame of a column is.</summary>
    public PixelRectangle Tile(int column, int row)
    {
        var head = Head(column);
        return new PixelRectangle(head.X, head.Y + HeadHeight + (row * (TileHeight + Gap)), TileWidth, TileHeight);
    }
}
