using System.Globalization;
using OrleansAtlas.Imaging;
using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Rendering.Paths;

/// <summary>Draws ways over the map: a line a film, its raw places faint behind, its beginning and its time marked.</summary>
/// <param name="codec">Draws the text.</param>
/// <param name="canvas">Drawn on.</param>
/// <param name="plot">Where the map is.</param>
/// <param name="text">Height of a line of text in pixels.</param>
internal sealed class PathDrawing(IImageCodec codec, Canvas canvas, PixelRectangle plot, int text)
{
    private const double SmoothingSeconds = 0.6;
    private const double Tolerance = 0.0015;
    private const int MostMarks = 8;
    private static readonly double[] Steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];

    private readonly double _stroke = Math.Max(2, text / 6.0);
    private readonly double _inset = text;

    /// <summary>The ground and the places of all frames.</summary>
    public void Ground(ReadOnlySpan<float> positions)
    {
        canvas.Rectangle(plot, Rgb.White);
        var radius = Math.Max(1, _stroke * 0.45);
        for (var i = 0; i + 1 < positions.Length; i += 2)
        {
            var (x, y) = Place(positions[i], positions[i + 1]);
            canvas.Disc(x, y, radius, Palette.Other, 0.35);
        }

        canvas.Frame(plot, Palette.Other, Math.Max(1, text / 16));
    }

    /// <summary>A film's places, faint.</summary>
    public void Points(FilmPath path, Rgb colour)
    {
        for (var i = 0; i < path.Count; i++)
        {
            var (x, y) = Place(path.X[i], path.Y[i]);
            canvas.Disc(x, y, _stroke * 0.8, colour, 0.22);
        }
    }

    /// <summary>A film's way, with a pale rim so that crossings can be told apart, and marks at round times.</summary>
    /// <param name="path">Where it goes, as it is.</param>
    /// <param name="colour">Of the line.</param>
    /// <param name="times">Whether the time is written beside the marks.</param>
    public void Way(FilmPath path, Rgb colour, bool times)
    {
        var curve = path.Smoothed(SmoothingSeconds)
            .Thinned(Tolerance)
            .Curve()
            .Select(point => (point.Time, Place: Place(point.X, point.Y)))
            .ToList();
        foreach (var (rim, ink) in ((double, Rgb)[])[(_stroke * 1.9, Rgb.White), (_stroke, colour)])
        {
            for (var i = 0; i + 1 < curve.Count; i++)
            {
                canvas.Line(curve[i].Place.X, curve[i].Place.Y, curve[i + 1].Place.X, curve[i + 1].Place.Y, rim, ink);
            }
        }

        End(curve, colour);
        Marks(curve, colour, times);
    }

    /// <summary>A film's beginning; drawn after all lines.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="colour">Of the disc.</param>
    /// <param name="label">Written into it; empty for a small plain one.</param>
    public void Beginning(FilmPath path, Rgb colour, string label)
    {
        var smooth = path.Smoothed(SmoothingSeconds);
        var at = Place(smooth.X[0], smooth.Y[0]);
        var radius = label.Length == 0 ? _stroke * 1.7 : text * 0.66;
        canvas.Disc(at.X, at.Y, radius + Math.Max(1.5, _stroke * 0.5), Rgb.White);
        canvas.Disc(at.X, at.Y, radius, colour);
        if (label.Length > 0)
        {
            var mask = codec.RenderText(label, text * 9 / 10, true);
            canvas.Text(mask, (int)Math.Round(at.X - (mask.Width / 2.0)), (int)Math.Round(at.Y - (mask.Height / 2.0)), colour.ReadableInk);
        }
    }

    /// <summary>An arrow's head.</summary>
    private void End(List<(double Time, (double X, double Y) Place)> curve, Rgb colour)
    {
        var tip = curve[^1].Place;
        var back = curve.FindLastIndex(point => Away(point.Place, tip) > _stroke * 4);
        if (back < 0)
        {
            return;
        }

        var direction = Math.Atan2(tip.Y - curve[back].Place.Y, tip.X - curve[back].Place.X);
        foreach (
            var (side, rim, ink) in ((double, double, Rgb)[])
                [(0.5, 1.9, Rgb.White), (-0.5, 1.9, Rgb.White), (0.5, 1, colour), (-0.5, 1, colour)]
        )
        {
            var (sin, cos) = Math.SinCos(direction + Math.PI + side);
            canvas.Line(tip.X, tip.Y, tip.X + (cos * _stroke * 4.5), tip.Y + (sin * _stroke * 4.5), _stroke * rim, ink);
        }
    }

    private void Marks(List<(double Time, (double X, double Y) Place)> curve, Rgb colour, bool times)
    {
        var step = Steps.FirstOrDefault(step => (curve[^1].Time - curve[0].Time) / step <= MostMarks, Steps[^1]);
        for (var time = (Math.Floor(curve[0].Time / step) + 1) * step; time < curve[^1].Time; time += step)
        {
            var place = curve.Find(point => point.Time >= time).Place;
            canvas.Disc(place.X, place.Y, _stroke * 1.25, colour);
            canvas.Disc(place.X, place.Y, _stroke * 0.7, Rgb.White);
            if (times)
            {
                var mask = codec.RenderText(Clock(time), text * 3 / 4, false);
                canvas.Text(mask, (int)(place.X + (_stroke * 1.8)), (int)(place.Y - mask.Height), Palette.PaleInk);
            }
        }
    }

    private static string Clock(double seconds) =>
        seconds < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60}:{(int)seconds % 60:00}");

    private (double X, double Y) Place(double x, double y) =>
        (plot.X + _inset + (x * (plot.Width - (2 * _inset))), plot.Y + _inset + (y * (plot.Height - (2 * _inset))));

    private static double Away((double X, double Y) a, (double X, double Y) b) =>
        Math.Sqrt(Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2));
}
