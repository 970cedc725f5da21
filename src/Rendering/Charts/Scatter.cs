using System.Globalization;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Rendering.Charts;

/// <summary>Draws the frames of a map as points.</summary>
/// <param name="codec">Draws the text.</param>
public sealed class Scatter(IImageCodec codec)
{
    /// <summary>Draws the picture.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="films">Names of the films, by <see cref="MapFrame.FilmIndex"/>.</param>
    /// <param name="trust">Trust of each frame in [0, 1]; needed for <see cref="ScatterColour.Trust"/> only.</param>
    /// <param name="options">Size, colour, title, window.</param>
    public RgbImage Draw(IReadOnlyList<MapFrame> frames, IReadOnlyList<string> films, IReadOnlyList<double>? trust, ScatterOptions options)
    {
        var layout = new ChartLayout(options.Width, options.Height, options.Title.Length > 0);
        var canvas = new Canvas(options.Width, options.Height, Palette.Ground);
        var chart = new ChartDrawing(codec, canvas, layout);
        var inside = Enumerable.Range(0, frames.Count).Where(i => options.View.Contains(frames[i].X, frames[i].Y)).ToArray();
        chart.Title(
            options.Title,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{inside.Length:N0} frames of {inside.Select(i => frames[i].FilmIndex).Distinct().Count():N0} films"
            )
        );
        canvas.Rectangle(layout.Plot, Rgb.White);

        var rank = RankFilms(frames);
        var colours = Colours(frames, trust, options.Colour, rank);
        var radius = Radius(layout.Plot, inside.Length);
        foreach (var i in DrawingOrder(frames, inside, options.Colour, rank))
        {
            var (x, y) = options.View.ToWindow(frames[i].X, frames[i].Y);
            Point(
                canvas,
                layout.Plot.X + radius + (x * (layout.Plot.Width - (2 * radius))),
                layout.Plot.Y + radius + (y * (layout.Plot.Height - (2 * radius))),
                radius,
                colours[i]
            );
        }

        canvas.Frame(layout.Plot, Palette.Other, layout.Hairline);
        switch (options.Colour)
        {
            case ScatterColour.Film:
                chart.Films(FilmNames.Short([.. rank.OrderBy(r => r.Value).Select(r => films[r.Key])]));
                break;
            case ScatterColour.Time:
                chart.Scale("Time in the film", "start", "end");
                break;
            default:
                chart.Scale("Trust", "0", "1");
                break;
        }

        return canvas.Image;
    }

    /// <summary>A pale rim keeps points apart that lie on each other.</summary>
    private static void Point(Canvas canvas, double x, double y, double radius, Rgb colour)
    {
        canvas.Disc(x, y, radius + Math.Max(0.5, radius * 0.2), Rgb.White, 0.7);
        canvas.Disc(x, y, radius, colour, 0.85);
    }

    /// <summary>Films by their number of frames, the most first.</summary>
    private static Dictionary<int, int> RankFilms(IReadOnlyList<MapFrame> frames) =>
        frames
            .CountBy(frame => frame.FilmIndex)
            .OrderByDescending(film => film.Value)
            .ThenBy(film => film.Key)
            .Select((film, rank) => (film.Key, rank))
            .ToDictionary(film => film.Key, film => film.rank);

    private static Rgb[] Colours(
        IReadOnlyList<MapFrame> frames,
        IReadOnlyList<double>? trust,
        ScatterColour colour,
        Dictionary<int, int> rank
    )
    {
        switch (colour)
        {
            case ScatterColour.Film:
                return [.. frames.Select(frame => Palette.Category(rank[frame.FilmIndex]))];
            case ScatterColour.Trust when trust is not null:
                return [.. trust.Select(value => Palette.Sequential(value))];
            case ScatterColour.Trust:
                throw new ArgumentNullException(nameof(trust), "Colouring by trust needs the trust of every frame.");
            default:
                var span = frames
                    .GroupBy(frame => frame.FilmIndex)
                    .ToDictionary(film => film.Key, film => (First: film.Min(f => f.Time), Last: film.Max(f => f.Time)));
                return
                [
                    .. frames
                        .Select(frame => (frame, span[frame.FilmIndex]))
                        .Select(f => Palette.Sequential((f.frame.Time - f.Item2.First) / (f.Item2.Last - f.Item2.First))),
                ];
        }
    }

    /// <summary>Films without a colour lie below; the others are mixed by a fixed hash, so that no film covers another only because of its
    /// number.</summary>
    private static IEnumerable<int> DrawingOrder(
        IReadOnlyList<MapFrame> frames,
        int[] inside,
        ScatterColour colour,
        Dictionary<int, int> rank
    ) =>
        inside
            .OrderBy(i => colour == ScatterColour.Film && rank[frames[i].FilmIndex] < Palette.Colours)
            .ThenBy(i => unchecked((uint)i * 2654435761u))
            .ThenBy(i => i);

    /// <summary>Points cover about a fifth of the plot, and are neither dust nor blobs.</summary>
    private static double Radius(PixelRectangle plot, int points)
    {
        var unit = Math.Sqrt((double)plot.Width * plot.Height);
        return Math.Clamp(unit * Math.Sqrt(0.2 / Math.PI / Math.Max(1, points)), unit * 0.0012, unit * 0.0065);
    }
}
