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
    /// <summary>The smoothing of a long film, and the most of a short one that is smoothed away.</summary>
    private const double SmoothingSeconds = 0.6;
    private const double SmoothingShare = 1.0 / 20;
    private const double Tolerance = 0.0015;
    private const int MostMarks = 8;

    // With more films than these, times beside the marks hide more than they tell.
    private const int MostWithTimes = 6;

    // A way shorter than this many lines of text would lie under its own label.
    private const int ShortWay = 4;
    private static readonly double[] Steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];

    private readonly double _stroke = Math.Max(2, text / 6.0);
    private readonly double _inset = text;
    private readonly FreePlaces _free = new(plot);

    private double LabelRadius => text * 0.66;

    private double LabelRim => Math.Max(1.5, _stroke * 0.5);

    /// <summary>Draws all of it.</summary>
    /// <param name="positions">Places of all frames of the map, <c>[n, 2]</c>.</param>
    /// <param name="lines">The films; the first one lies on top.</param>
    public void Draw(ReadOnlySpan<float> positions, IReadOnlyList<PathLine> lines)
    {
        Ground(positions);
        var ways = lines.Select(line => new Way(line, Curve(line.Path))).ToList();
        foreach (var way in ways.AsEnumerable().Reverse())
        {
            Line(way);
        }

        foreach (var way in ways.Where(IsShort))
        {
            _free.Take(
                way.Curve.Min(p => p.X) - _stroke,
                way.Curve.Min(p => p.Y) - _stroke,
                way.Curve.Max(p => p.X) + _stroke,
                way.Curve.Max(p => p.Y) + _stroke
            );
        }

        // Places are given to the first films first; those are drawn last, so that nothing covers their labels.
        foreach (var (way, place) in ways.Select(way => (way, LabelPlace(way))).Reverse())
        {
            Beginning(way, place);
        }

        if (lines.Count <= MostWithTimes)
        {
            Times(ways);
        }
    }

    /// <summary>The ground and the places of all frames, so faint that ways stand out and so dark that each is seen.</summary>
    private void Ground(ReadOnlySpan<float> positions)
    {
        canvas.Rectangle(plot, Rgb.White);
        var radius = Math.Max(1.2, _stroke * 0.5);
        for (var i = 0; i + 1 < positions.Length; i += 2)
        {
            var (x, y) = Place(positions[i], positions[i + 1]);
            canvas.Disc(x, y, radius, Palette.PaleInk, 0.5);
        }

        canvas.Frame(plot, Palette.Other, Math.Max(1, text / 16));
    }

    /// <summary>A film's places, faint; of a short way, which is hardly longer than they are wide, less so. Those of a film without a
    /// colour are on the ground already, and darker.</summary>
    private void Points(Way way)
    {
        if (way.Film.Colour == Palette.Other)
        {
            return;
        }

        for (var i = 0; i < way.Film.Path.Count; i++)
        {
            var (x, y) = Place(way.Film.Path.X[i], way.Film.Path.Y[i]);
            canvas.Disc(x, y, _stroke * 0.8, way.Film.Colour, IsShort(way) ? 0.5 : 0.3);
        }
    }

    /// <summary>A film's way, with a pale rim so that crossings can be told apart, its places between rim and line, an arrow at its end and
    /// rings at its marks.</summary>
    private void Line(Way way)
    {
        var (curve, colour) = (way.Curve, way.Film.Colour);
        var stroke = IsShort(way) ? _stroke * 0.7 : _stroke;
        Draw(stroke * 1.9, Rgb.White);
        Points(way);
        Draw(stroke, colour);
        Arrow(curve, colour, stroke);
        foreach (var mark in Marks(way))
        {
            canvas.Disc(mark.X, mark.Y, stroke * 1.25, colour);
            canvas.Disc(mark.X, mark.Y, stroke * 0.7, Rgb.White);
        }

        void Draw(double thickness, Rgb ink)
        {
            for (var i = 0; i + 1 < curve.Count; i++)
            {
                canvas.Line(curve[i].X, curve[i].Y, curve[i + 1].X, curve[i + 1].Y, thickness, ink);
            }
        }
    }

    private void Arrow(List<CurvePoint> curve, Rgb colour, double stroke)
    {
        var tip = curve[^1];
        var back = curve.FindLastIndex(point => Away(point, tip) > stroke * 4);
        if (back < 0)
        {
            return;
        }

        var direction = Math.Atan2(tip.Y - curve[back].Y, tip.X - curve[back].X);
        foreach (
            var (side, rim, ink) in ((double, double, Rgb)[])
                [(0.5, 1.9, Rgb.White), (-0.5, 1.9, Rgb.White), (0.5, 1, colour), (-0.5, 1, colour)]
        )
        {
            var (sin, cos) = Math.SinCos(direction + Math.PI + side);
            canvas.Line(tip.X, tip.Y, tip.X + (cos * stroke * 4.5), tip.Y + (sin * stroke * 4.5), stroke * rim, ink);
        }
    }

    /// <summary>Where a film's label stands: at its beginning; beside it where it would cover another's, or the film's own short
    /// way.</summary>
    private (double X, double Y) LabelPlace(Way way)
    {
        var (at, side) = (way.Curve[0], 2 * (LabelRadius + LabelRim));
        return way.Film.Label.Length == 0 ? (at.X, at.Y) : _free.Nearest(at.X, at.Y, side, side, 12 * text) ?? (at.X, at.Y);
    }

    /// <summary>A film's beginning: a disc with its label; where that stands beside, a line leads to it.</summary>
    private void Beginning(Way way, (double X, double Y) place)
    {
        var (at, colour, label) = (way.Curve[0], way.Film.Colour, way.Film.Label);
        var radius = label.Length == 0 ? _stroke * 1.7 : LabelRadius;
        if (place != (at.X, at.Y))
        {
            canvas.Line(at.X, at.Y, place.X, place.Y, _stroke * 0.9, Rgb.White);
            canvas.Line(at.X, at.Y, place.X, place.Y, _stroke * 0.4, colour);
            canvas.Disc(at.X, at.Y, _stroke * 0.9, colour);
        }

        canvas.Disc(place.X, place.Y, radius + LabelRim, Rgb.White);
        canvas.Disc(place.X, place.Y, radius, colour);
        if (label.Length > 0)
        {
            var mask = codec.RenderText(label, text * 9 / 10, true);
            canvas.Text(
                mask,
                (int)Math.Round(place.X - (mask.Width / 2.0)),
                (int)Math.Round(place.Y - (mask.Height / 2.0)),
                colour.ReadableInk
            );
        }
    }

    /// <summary>The times of the films' marks, where there is room for them close by.</summary>
    private void Times(List<Way> ways)
    {
        var marks = ways.SelectMany(way => Marks(way).Select(mark => (Mark: mark, way.Length))).ToList();
        foreach (var (mark, _) in marks)
        {
            _free.Take(mark.X - (_stroke * 1.3), mark.Y - (_stroke * 1.3), mark.X + (_stroke * 1.3), mark.Y + (_stroke * 1.3));
        }

        foreach (var (mark, length) in marks)
        {
            var mask = codec.RenderText(ClockText.Of(mark.Time, length), text * 3 / 4, false);
            var (width, height) = (mask.Width + (text / 3), mask.Height);
            if (_free.Nearest(mark.X + _stroke + (width / 2.0), mark.Y - (height / 2.0), width, height, text) is { } place)
            {
                var (left, top) = ((int)Math.Round(place.X - (mask.Width / 2.0)), (int)Math.Round(place.Y - (mask.Height / 2.0)));
                canvas.Rectangle(new(left, top, mask.Width, mask.Height), Rgb.White, 0.7);
                canvas.Text(mask, left, top, Palette.Ink);
            }
        }
    }

    /// <summary>Where a film has rings: at least so far apart that they are told apart.</summary>
    private IEnumerable<CurvePoint> Marks(Way way)
    {
        var last = way.Curve[0];
        foreach (var time in way.Film.Marks ?? RoundTimes(way.Curve[0].Time, way.Curve[^1].Time))
        {
            var at = way.Curve.FindIndex(point => point.Time >= time);
            if (at > 0 && Away(way.Curve[at], last) > _stroke * 2.5)
            {
                last = way.Curve[at];
                yield return last with
                {
                    Time = time,
                };
            }
        }
    }

    private static IEnumerable<double> RoundTimes(double from, double to)
    {
        var step = Steps.FirstOrDefault(step => (to - from) / step <= MostMarks, Steps[^1]);
        for (var time = (Math.Floor(from / step) + 1) * step; time < to; time += step)
        {
            yield return time;
        }
    }

    private List<CurvePoint> Curve(FilmPath path) =>
        [
            .. path.Smoothed(Math.Max(1e-3, Math.Min(SmoothingSeconds, SmoothingShare * (path.Times[^1] - path.Times[0]))))
                .Thinned(Tolerance)
                .Curve()
                .Select(point => (point.Time, At: Place(point.X, point.Y)))
                .Select(point => new CurvePoint(point.Time, point.At.X, point.At.Y)),
        ];

    private bool IsShort(Way way) =>
        Math.Max(way.Curve.Max(p => p.X) - way.Curve.Min(p => p.X), way.Curve.Max(p => p.Y) - way.Curve.Min(p => p.Y)) < ShortWay * text;

    private (double X, double Y) Place(double x, double y) =>
        (plot.X + _inset + (x * (plot.Width - (2 * _inset))), plot.Y + _inset + (y * (plot.Height - (2 * _inset))));

    private static double Away(CurvePoint a, CurvePoint b) => double.Hypot(a.X - b.X, a.Y - b.Y);

    /// <summary>A time of a film and where it is then, in pixels.</summary>
    private readonly record struct CurvePoint(double Time, double X, double Y);

    private sealed record Way(PathLine Film, List<CurvePoint> Curve)
    {
        /// <summary>Seconds.</summary>
        public double Length => Curve[^1].Time - Curve[0].Time;
    }
}
