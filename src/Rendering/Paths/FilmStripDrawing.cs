using System.Globalization;
using OrleansAtlas.Imaging;
using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Rendering.Paths;

/// <summary>Draws what stands over a film's strip: its number in its colour, its name, its time.</summary>
/// <param name="codec">Draws the text.</param>
/// <param name="canvas">Drawn on.</param>
/// <param name="layout">Where strips are.</param>
internal sealed class FilmStripDrawing(IImageCodec codec, Canvas canvas, FilmStripLayout layout)
{
    /// <summary>Draws the line over a strip.</summary>
    /// <param name="strip">Which, from 0.</param>
    /// <param name="name">The film's name.</param>
    /// <param name="path">The film.</param>
    public void Head(int strip, string name, FilmPath path)
    {
        var (head, text, colour) = (layout.Head(strip), layout.Text, Palette.Category(strip));
        var (radius, middle) = (text * 0.62, head.Y + (text * 0.62));
        canvas.Disc(head.X + radius, middle, radius, colour);
        var number = codec.RenderText((strip + 1).ToString(CultureInfo.InvariantCulture), text * 3 / 4, true);
        canvas.Text(
            number,
            (int)Math.Round(head.X + radius - (number.Width / 2.0)),
            (int)Math.Round(middle - (number.Height / 2.0)),
            colour.ReadableInk
        );
        var time = codec.RenderText(Time(path), text * 7 / 8, false);
        var left = head.X + (text * 8 / 5);
        var label = codec.FittedText(name, text, true, head.X + head.Width - left - time.Width - (text / 2), text * 3 / 4);
        canvas.Text(label, left, (int)Math.Round(middle - (label.Height / 2.0)), Palette.Ink);
        canvas.Text(time, left + label.Width + (text / 2), (int)Math.Round(middle - (time.Height / 2.0)), Palette.PaleInk);
    }

    private static string Time(FilmPath path) =>
        path.Count == 1 ? "1 frame"
        : path.Times[^1] - path.Times[0] is var seconds && seconds < 60 ? ClockText.Of(seconds, seconds)
        : $"{ClockText.Of(seconds, seconds)} min";
}
