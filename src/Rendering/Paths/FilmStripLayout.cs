using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Paths;

/// <summary>How strips of films divide their part of a picture: each the film's name over its frames, in as many columns and lines as show
/// most of them.</summary>
internal sealed record FilmStripLayout
{
    /// <summary>Frames a strip has at least; more than the most would be too small to be told apart.</summary>
    private const int Least = 6;
    private const int Most = 12;
    private const int FewestInLine = 4;
    private const int MostColumns = 3;

    /// <summary>Lines of text between two strips at most.</summary>
    private const int Apart = 6;
    private const double Shape = 16.0 / 9;

    private readonly PixelRectangle _area;
    private readonly Grid _grid;

    /// <param name="area">Where they are.</param>
    /// <param name="strips">How many, at least 1.</param>
    /// <param name="text">Height of a line of text.</param>
    /// <param name="frames">Frames of the film that has the most.</param>
    public FilmStripLayout(PixelRectangle area, int strips, int text, int frames = Most)
    {
        (_area, Text) = (area, text);
        var (fewest, most) = (Math.Min(FewestInLine, frames), Math.Min(Most, frames));
        _grid = Enumerable
            .Range(1, MostColumns)
            .SelectMany(columns => Enumerable.Range(fewest, most - fewest + 1).Select(line => Fit(columns, line, strips, most)))
            .MaxBy(grid => (grid.Frames >= Math.Min(Least, most), grid.Shown, -grid.Columns))!;
    }

    /// <summary>Height of a line of text.</summary>
    public int Text { get; }

    /// <summary>Frames a strip has at most.</summary>
    public int Frames => _grid.Frames;

    private int Gap => Math.Max(2, Text / 6);

    private int HeadHeight => Text * 8 / 5;

    private int ColumnGap => Text * 3 / 2;

    private int StripHeight => HeadHeight + (_grid.Lines * (_grid.TileHeight + Gap)) - Gap;

    /// <summary>From the top of a strip to that of the next: the last ends where the area does, unless they would lie far apart.</summary>
    private int Pitch =>
        _grid.Rows == 1 ? StripHeight : Math.Min((_area.Height - StripHeight) / (_grid.Rows - 1), StripHeight + (Text * Apart));

    /// <summary>The line with the name over a strip.</summary>
    public PixelRectangle Head(int strip) =>
        new(
            _area.X + (strip / _grid.Rows * (WidthOf(_grid.Columns) + ColumnGap)),
            _area.Y + (strip % _grid.Rows * Pitch),
            WidthOf(_grid.Columns),
            HeadHeight
        );

    /// <summary>A frame of a strip.</summary>
    public PixelRectangle Frame(int strip, int frame)
    {
        var head = Head(strip);
        return new PixelRectangle(
            head.X + (frame % _grid.InLine * (_grid.TileWidth + Gap)),
            head.Y + HeadHeight + (frame / _grid.InLine * (_grid.TileHeight + Gap)),
            _grid.TileWidth,
            _grid.TileHeight
        );
    }

    /// <summary>The largest frames with so many columns of strips and so many frames in a line.</summary>
    private Grid Fit(int columns, int inLine, int strips, int most)
    {
        var rows = (strips + columns - 1) / columns;
        var room = (_area.Height / rows) - HeadHeight - Text;
        var width = ((WidthOf(columns) + Gap) / inLine) - Gap;
        var height = Math.Max(8, Math.Min(room - Gap, (int)(width / Shape)));
        var lines = Math.Clamp(room / (height + Gap), 1, most / inLine);
        return new Grid(columns, rows, inLine, lines, height == (int)(width / Shape) ? width : (int)(height * Shape), height);
    }

    private int WidthOf(int columns) => (_area.Width - ((columns - 1) * ColumnGap)) / columns;

    private sealed record Grid(int Columns, int Rows, int InLine, int Lines, int TileWidth, int TileHeight)
    {
        public int Frames => InLine * Lines;

        public long Shown => (long)TileWidth * TileHeight * Frames;
    }
}
