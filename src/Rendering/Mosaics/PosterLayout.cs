using System.Globalization;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>How a poster divides its sheet: margins, a title above the frames, a legend below.</summary>
public sealed record PosterLayout
{
    private const int LegendColumns = 4;
    private readonly string _title;
    private readonly IReadOnlyList<string> _legend;

    /// <param name="size">The sheet.</param>
    /// <param name="title">Above the frames; empty for none.</param>
    /// <param name="legend">Lines below the frames, first one over the full width, the others in columns; empty for none.</param>
    public PosterLayout(PaperSize size, string title, IReadOnlyList<string> legend)
    {
        ArgumentNullException.ThrowIfNull(size);
        ArgumentNullException.ThrowIfNull(legend);
        (Size, _title, _legend) = (size, title, legend);
        Margin = size.Width / 30;
        Text = size.Width / 130;
        var top = Margin + (title.Length > 0 ? TitleHeight * 3 / 2 : 0);
        var lines = legend.Count == 0 ? 0 : 1 + ((legend.Count - 1 + LegendColumns - 1) / LegendColumns);
        var below = lines == 0 ? Margin : Margin + Text + (lines * LineHeight);
        Inner = new PixelRectangle(Margin, top, size.Width - (2 * Margin), size.Height - top - below);
    }

    /// <summary>The sheet.</summary>
    public PaperSize Size { get; }

    /// <summary>Where the frames are.</summary>
    public PixelRectangle Inner { get; }

    private int Margin { get; }

    private int Text { get; }

    private int TitleHeight => Text * 3;

    private int LineHeight => Text * 3 / 2;

    /// <summary>A grid whose cells have nearly this shape.</summary>
    /// <param name="columns">Cells a row.</param>
    /// <param name="shape">Width of a tile over its height.</param>
    public (int Columns, int Rows) Grid(int columns, double shape) =>
        (columns, Math.Max(1, (int)Math.Round(Inner.Height * shape * columns / Inner.Width)));

    /// <summary>Draws title and legend over rows of the picture that are ready.</summary>
    /// <param name="codec">Draws the text.</param>
    public Action<Canvas, int> Overlay(IImageCodec codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        var texts = new List<(TextMask Mask, int X, int Y, Rgb Ink)>();
        if (_title.Length > 0)
        {
            texts.Add((codec.FittedText(_title, TitleHeight, true, Inner.Width), Margin, Margin - (TitleHeight / 4), Palette.Ink));
        }

        var y = Inner.Y + Inner.Height + Text;
        var column = Inner.Width / LegendColumns;
        foreach (var (i, line) in _legend.Index())
        {
            var place = i == 0 ? 0 : (i - 1) % LegendColumns;
            var row = i == 0 ? 0 : 1 + ((i - 1) / LegendColumns);
            texts.Add(
                (
                    codec.FittedText(line, Text, i == 0, i == 0 ? Inner.Width : column - Text),
                    Margin + (place * column),
                    y + (row * LineHeight),
                    i == 0 ? Palette.Ink : Palette.PaleInk
                )
            );
        }

        return (canvas, top) =>
        {
            foreach (var (mask, x, line, ink) in texts.Where(text => text.Y < top + canvas.Image.Height && text.Y + text.Mask.Height > top))
            {
                canvas.Text(mask, x, line - top, ink);
            }
        };
    }

    /// <summary>What the legend of a mosaic says: its films and how many frames of each stand in it.</summary>
    public static IReadOnlyList<string> LegendOf(GridLayout layout, AtlasMap map)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(map);
        var films = layout
            .Cells.CountBy(cell => cell.Frame.FilmIndex)
            .OrderByDescending(film => film.Value)
            .ThenBy(film => map.NameOf(film.Key), StringComparer.Ordinal)
            .ToList();
        const int Most = 10 * LegendColumns;
        return
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{layout.Cells.Count:N0} of {map.Count:N0} frames of {films.Count:N0} films, side by side where they look alike"
            ),
            .. films
                .Take(films.Count > Most ? Most - 1 : Most)
                .Select(film => string.Create(CultureInfo.InvariantCulture, $"{map.NameOf(film.Key)} ({film.Value})")),
            .. films.Count > Most
                ? [string.Create(CultureInfo.InvariantCulture, $"and {films.Count - Most + 1} more films")]
                : (string[])[],
        ];
    }
}
