using System.Globalization;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Charts;
using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Rendering.Frames;

namespace OrleansAtlas.Rendering.Paths;

/// <summary>The films' ways over a map, beside them a strip of each one's frames or a legend; a number and a colour tie the two
/// together.</summary>
/// <param name="codec">Draws the text.</param>
/// <param name="frames">Gives the frames of the strips.</param>
public sealed class PathsPicture(IImageCodec codec, IFrameSource frames)
{
    // The map beside strips: nearly square, and less than half of the picture.
    private const double MostOfWidth = 0.46;
    private const double WidestMap = 1.1;

    /// <summary>Draws the ways of films.</summary>
    /// <param name="map">The map.</param>
    /// <param name="films">Which films, in the order of their colours.</param>
    /// <param name="request">Size, strips, title.</param>
    /// <param name="cancellationToken">Stops reading frames.</param>
    public async Task<RgbImage> DrawAsync(AtlasMap map, IReadOnlyList<int> films, PathsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(films);
        ArgumentNullException.ThrowIfNull(request);
        var layout = new ChartLayout(request.Width, request.Height, hasTitle: true);
        var canvas = new Canvas(request.Width, request.Height, Palette.Ground);
        var chart = new ChartDrawing(codec, canvas, layout);
        var places = Enumerable.Range(0, map.Count).ToLookup(number => map[number].FilmIndex);
        var shown = films.Select(film => new Film(map, places[film].First(), places[film].Last() + 1)).ToList();
        var names = FilmNames.Short([.. films.Select(map.NameOf)]);
        var strips = Math.Min(request.Strips, Math.Min(films.Count, Palette.Colours));
        var (plot, text, area) = (layout.Plot, layout.Text, new PixelRectangle());
        if (strips > 0)
        {
            plot = plot with { Width = (int)Math.Min(MostOfWidth * request.Width, WidestMap * plot.Height) };
            var left = plot.X + plot.Width + layout.Margin;
            area = plot with { X = left, Width = request.Width - layout.Margin - left };
        }

        var strip = strips > 0 ? new FilmStripLayout(area, strips, text * 7 / 10, shown.Take(strips).Max(film => film.Path.Count)) : null;
        var coloured = strips > 0 ? strips : Palette.Colours;
        chart.Title(request.Title, Facts(shown, strips));
        new PathDrawing(codec, canvas, plot, text).Draw(
            map.Positions,
            [
                .. shown.Select(
                    (film, rank) =>
                        new PathLine(
                            film.Path,
                            rank < coloured ? Palette.Category(rank) : Palette.Other,
                            rank < coloured ? (rank + 1).ToString(CultureInfo.InvariantCulture) : "",
                            rank < strips
                                ? [.. Spread.Middles(film.Path.Count, strip!.Frames).Select(frame => film.Path.Times[frame])]
                                : null
                        )
                ),
            ]
        );
        if (strip is null)
        {
            chart.Films(names, numbered: true);
            return canvas.Image;
        }

        var drawing = new FilmStripDrawing(codec, canvas, strip);
        for (var i = 0; i < strips; i++)
        {
            drawing.Head(i, names[i], shown[i].Path);
            foreach (var (place, frame) in Spread.Middles(shown[i].Path.Count, strip.Frames).Index())
            {
                var tile = strip.Frame(i, place);
                var image = await frames
                    .ReadAsync(map[shown[i].First + frame], tile.Width, tile.Height, cancellationToken)
                    .ConfigureAwait(false);
                canvas.Picture(Resampler.Cover(image, tile.Width, tile.Height), tile.X, tile.Y);
            }
        }

        return canvas.Image;
    }

    private static string Facts(List<Film> films, int strips) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{films.Count:N0} {(films.Count == 1 ? "film" : "films")}, {films.Sum(film => film.Path.Count):N0} frames. A disc is a film's "
                + $"beginning, an arrow its end; rings mark {(strips > 0 ? "the frames of its strip" : "round times")}"
                + $"{(strips > 0 && films.Count > strips ? $"; {films.Count - strips} more films are grey" : "")}"
        );

    /// <summary>A film, its frames being in a row on the map.</summary>
    private sealed record Film
    {
        public Film(AtlasMap map, int first, int end)
        {
            First = first;
            Path = FilmPath.Of(map.Times.AsSpan(first..end), map.Positions.AsSpan((2 * first)..(2 * end)));
        }

        public int First { get; }

        public FilmPath Path { get; }
    }
}
