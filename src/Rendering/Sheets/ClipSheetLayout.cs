using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Sheets;

/// <summary>How a sheet of clips divides its picture: the map at the left, columns of frames at the right, ten a row.</summary>
internal sealed record ClipSheetLayout
{
    /// <summary>Frames in a column.</summary>
    public const int Rows = 8;

    private const int ColumnsPerRow = 10;
    private const int TileWidth = 178;
    private const int TileHeight = 100;
    private const int Gap = 6;

    public ClipSheetLayout(int clips)
    {
        var rows = (clips + ColumnsPerRow - 1) / ColumnsPerRow;
        var columns = Math.Min(clips, ColumnsPerRow);
        var top = Margin + (Text * 5 / 2);
        RowHeight = HeadHeight + (Rows * (TileHeight + Gap)) + Margin;
        Plot = new PixelRectangle(Margin, top, RowHeight - Margin - Gap, RowHeight - Margin - Gap);
        Width = Plot.X + Plot.Width + Margin + (columns * (TileWidth + Gap)) - Gap + Margin;
        Height = top + (rows * RowHeight) - Gap;
    }

    public static int HeadHeight => 4 * 20 + Gap;

    public const int Text = 20;

    public const int Margin = 36;

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
