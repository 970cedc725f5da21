using System.Globalization;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Charts;
using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Rendering.Paths;

/// <summary>The films' ways over a map as a chart with a legend.</summary>
/// <param name="codec">Draws the text.</param>
public sealed class PathsPicture(IImageCodec codec)
{
    // With more films than these, times beside the marks would cover each other.
    private const int MostWithTimes = 6;

    /// <summary>Draws the ways of films.</summary>
    /// <param name="map">The map.</param>
    /// <param name="films">Which films, in the order of their colours; the twenty first have one.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="title">Over the picture.</param>
    public RgbImage Draw(AtlasMap map, IReadOnlyList<int> films, int width, int height, string title)
    {
        var layout = new ChartLayout(width, height, hasTitle: true);
        var canvas = new Canvas(width, height, Palette.Ground);
        var chart = new ChartDrawing(codec, canvas, layout);
        var paths = Read(map);
        chart.Title(
            title,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{films.Count:N0} {(films.Count == 1 ? "film" : "films")}, {films.Sum(film => paths[film].Count):N0} frames. A "
                    + $"disc is a film's beginning, an arrow its end; rings mark round times"
            )
        );
        var drawing = new PathDrawing(codec, canvas, layout.Plot, layout.Text);
        drawing.Ground(map.Positions);

        // The first film has the first colour and lies on top.
        foreach (var (rank, film) in films.Index().Reverse())
        {
            drawing.Points(paths[film], Palette.Category(rank));
        }

        foreach (var (rank, film) in films.Index().Reverse())
        {
            drawing.Way(paths[film], Palette.Category(rank), films.Count <= MostWithTimes);
        }

        foreach (var (rank, film) in films.Index().Reverse())
        {
            drawing.Beginning(
                paths[film],
                Palette.Category(rank),
                rank < Palette.Colours ? (rank + 1).ToString(CultureInfo.InvariantCulture) : ""
            );
        }

        chart.Films(FilmNames.Short([.. films.Select(map.NameOf)]), numbered: true);
        return canvas.Image;
    }

    private static Dictionary<int, FilmPath> Read(AtlasMap map) =>
        Enumerable
            .Range(0, map.Count)
            .GroupBy(number => map[number].FilmIndex)
            .ToDictionary(
                film => film.Key,
                film =>
                {
                    var (first, end) = (film.First(), film.Last() + 1);
                    return FilmPath.Of(map.Times.AsSpan(first..end), map.Positions.AsSpan((2 * first)..(2 * end)));
                }
            );
}
