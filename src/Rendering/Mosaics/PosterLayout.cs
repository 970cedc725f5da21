using System.Globalization;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Media;
using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>How a poster divides its sheet: margins, a title above the frames, a legend below.</summary>
internal sealed record PosterLayout
{
    private readonly string _title;
    private readonly string _head;
    private readonly PosterLegend _legend;

    /// <param name="size">The sheet.</param>
    /// <param name="title">Above the frames; empty for none.</param>
    /// <param name="legend">Lines below the frames, first one over the full width, the others in columns; empty for none.</param>
    public PosterLayout(PaperSize size, string title, IReadOnlyList<string> legend)
    {
        ArgumentNullException.ThrowIfNull(size);
        ArgumentNullException.ThrowIfNull(legend);
        (Size, _title, _head) = (size, title, legend.FirstOrDefault(""));
        Margin = size.Width / 30;
        Text = size.Width / 130;
        var width = size.Width - (2 * Margin);
        _legend = PosterLegend.Fit([.. legend.Skip(1)], width, size.Height, Text);
        var top = Margin + (title.Length > 0 ? TitleHeight * 3 / 2 : 0);
        LegendTop = size.Height - Margin - (_legend.Rows * PosterLegend.LineHeight(_legend.Text));
        var bottom = legend.Count == 0 ? size.Height - Margin : LegendTop - PosterLegend.LineHeight(Text) - Text;
        Inner = new PixelRectangle(Margin, top, width, bottom - top);
    }

    /// <summary>The sheet.</summary>
    public PaperSize Size { get; }

    /// <summary>Where the frames are.</summary>
    public PixelRectangle Inner { get; }

    /// <summary>Films that the legend has no room for.</summary>
    public int LeftOut => _legend.LeftOut;

    private int Margin { get; }

    private int Text { get; }

    private int TitleHeight => Text * 3;

    private int LegendTop { get; }

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
            var mask = codec.FittedText(_title, TitleHeight, true, Inner.Width, TitleHeight / 3);
            texts.Add((mask, Margin, Margin + (TitleHeight / 4) - (mask.Height / 2), Palette.Ink));
        }

        if (_head.Length > 0)
        {
            texts.Add((codec.FittedText(_head, Text, true, Inner.Width), Margin, Inner.Y + Inner.Height + Text, Palette.Ink));
        }

        var column = Inner.Width / _legend.Columns;
        IEnumerable<string> films = _legend.LeftOut == 0 ? _legend.Films : [.. _legend.Films, $"and {_legend.LeftOut} more films"];
        foreach (var (i, film) in films.Index())
        {
            var mask = codec.FittedText(film, _legend.Text, false, column - _legend.Text);
            var line = i % _legend.Rows * PosterLegend.LineHeight(_legend.Text);
            texts.Add((mask, Margin + (i / _legend.Rows * column), LegendTop + line, Palette.Ink));
        }

        return (canvas, top) =>
        {
            foreach (var (mask, x, line, ink) in texts.Where(text => text.Y < top + canvas.Image.Height && text.Y + text.Mask.Height > top))
            {
                canvas.Text(mask, x, line - top, ink);
            }
        };
    }

    /// <summary>The first line of a legend: of photos alone it counts photos.</summary>
    /// <param name="tiles">Frames of the poster.</param>
    /// <param name="frames">Frames of the map.</param>
    /// <param name="shown">Films and photos of which a frame stands in the poster.</param>
    /// <param name="kinds">What each film of the map is; null for one that is gone.</param>
    public static string Head(int tiles, int frames, int shown, IReadOnlyCollection<MediaKind?> kinds)
    {
        var photos = kinds.Count(kind => kind == MediaKind.Photo);
        if (photos == frames)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{tiles:N0} of {frames:N0} {(frames == 1 ? "photo" : "photos")}, side by side where they look alike"
            );
        }

        var what =
            photos > 0 ? "films and photos"
            : kinds.Count == 1 ? "film"
            : "films";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{tiles:N0} of {frames:N0} frames, out of {shown:N0} of {kinds.Count:N0} {what}, side by side where they look alike"
        );
    }

    /// <summary>What the legend of a mosaic says: its films in the order of their names, and how many frames of each stand in it.</summary>
    public static IReadOnlyList<string> LegendOf(GridLayout layout, AtlasMap map)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(map);
        var films = layout.Cells.CountBy(cell => cell.Frame.FilmIndex).ToList();
        var names = FilmNames.Short([.. films.Select(film => map.NameOf(film.Key))]);
        return
        [
            Head(layout.Cells.Count, map.Count, films.Count, [.. map.Films.Select(film => film?.Info?.Kind)]),
            .. names
                .Zip(films, (name, film) => (Name: name, Frames: film.Value))
                .OrderBy(film => film.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(film => film.Name, StringComparer.Ordinal)
                .Select(film => film.Frames == 1 ? film.Name : $"{film.Name} ({film.Frames})"),
        ];
    }
}
