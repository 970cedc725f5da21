using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Paths;

/// <summary>How strips of films divide their part of a picture: each a line with the film's name over a row of its frames, in as many columns
/// as show most of them.</summary>
internal sealed record FilmStripLayout
{
    /// <summary>Frames a strip has at least.</summary>
    private const int Least = 6;

    /// <summary>More would be too small to be told apart.</summary>
    private const int Most = 12;
    private const int MostColumns = 3;
    private const double Shape = 16.0 / 9;

    private readonly PixelRectangle _area;
    private readonly int _columns;
    private readonly int _rows;

    /// <param name="area">Where they are.</param>
    /// <param name="strips">How many, at least 1.</param>
    /// <param name="text">Height of a line of text.</param>
    public FilmStripLayout(PixelRectangle area, int strips, int text)
    {
        (_area, Text) = (area, text);
        var best = Enumerable.Range(1, MostColumns).Select(columns => Grid(columns, strips)).MaxBy(grid => (grid.Shown, -grid.Columns));
        (_columns, _rows, TileHeight, _) = best;
        TileWidth = (int)(TileHeight * Shape);
        Frames = FramesIn(_columns, TileHeight);
    }

    /// <summary>Height of a line of text.</summary>
    public int Text { get; }

    /// <summary>Frames a strip has at most.</summary>
    public int Frames { get; }

    private int TileWidth { get; }

    private int TileHeight { get; }

    private int Gap => Math.Max(2, Text / 6);

    private int HeadHeight => Text * 8 / 5;

    private int ColumnGap => Text * 3 / 2;

    private int ColumnWidth => WidthOf(_columns);

    /// <summary>The line with the name over a strip.</summary>
    public PixelRectangle Head(int strip) =>
        new(
            _area.X + (strip / _rows * (ColumnWidth + ColumnGap)),
            _area.Y + (strip % _rows * (HeadHeight + TileHeight + Text)),
            ColumnWidth,
            HeadHeight
        );

    /// <summary>A frame of a strip.</summary>
    public PixelRectangle Frame(int strip, int frame)
    {
        var head = Head(strip);
        return new PixelRectangle(head.X + (frame * (TileWidth + Gap)), head.Y + HeadHeight, TileWidth, TileHeight);
    }

    /// <summary>The largest frames in so many columns, and how many pixels of film a strip then shows.</summary>
    private (int Columns, int Rows, int Height, long Shown) Grid(int columns, int strips)
    {
        var rows = (strips + columns - 1) / columns;
        var height = (_area.Height / rows) - HeadHeight - Text;
        var widest = ((WidthOf(columns) + Gap) / Least) - Gap;
        var tile = Math.Max(8, Math.Min(height, (int)(widest / Shape)));
        return (columns, rows, tile, (long)tile * tile * FramesIn(columns, tile));
    }

    private int FramesIn(int columns, int height) =>
        Math.Clamp((WidthOf(columns) + Gap) / ((int)(height * Shape) + Gap), 1, Most);

    private int WidthOf(int columns) => (_area.Width - ((columns - 1) * ColumnGap)) / columns;
}
