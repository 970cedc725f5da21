using OrleansAtlas.Imaging;
using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Rendering.Charts;

/// <summary>The parts that charts have in common: title, legend of films, scale of a colour.</summary>
/// <param name="codec">Draws the text.</param>
/// <param name="canvas">Drawn on.</param>
/// <param name="layout">Where things go.</param>
internal sealed class ChartDrawing(IImageCodec codec, Canvas canvas, ChartLayout layout)
{
    /// <summary>Title and a line of facts below or, without a title, the facts alone.</summary>
    public void Title(string title, string facts)
    {
        var y = layout.Margin;
        if (title.Length > 0)
        {
            canvas.Text(
                codec.FittedText(title, layout.Text * 3 / 2, true, canvas.Image.Width - (2 * layout.Margin), layout.Text),
                layout.Plot.X,
                y - (layout.Text / 2),
                Palette.Ink
            );
            y += layout.Text * 5 / 4;
        }

        canvas.Text(
            codec.FittedText(facts, layout.Text, false, canvas.Image.Width - (2 * layout.Margin), layout.Text * 3 / 5),
            layout.Plot.X,
            y,
            Palette.PaleInk
        );
    }

    /// <summary>Films beside their colours, the first twenty of them; then how many more there are.</summary>
    /// <param name="films">Their names in the order of their colours.</param>
    /// <param name="numbered">Whether they have numbers from 1 on.</param>
    public void Films(IReadOnlyList<string> films, bool numbered = false)
    {
        var line = Math.Min(layout.Text * 8 / 5, layout.Legend.Height / (Palette.Colours + 2));
        var y = Heading(films.Count == 1 ? "Film" : "Films", line);
        for (var i = 0; i < Math.Min(films.Count, Palette.Colours); i++, y += line)
        {
            Entry(films[i], Palette.Category(i), Palette.Ink, y, line, numbered ? $"{i + 1}" : "");
        }

        if (films.Count > Palette.Colours)
        {
            Entry($"and {films.Count - Palette.Colours} more", Palette.Other, Palette.PaleInk, y, line);
        }
    }

    /// <summary>The sequential colours as a bar, low at the bottom.</summary>
    public void Scale(string heading, string low, string high)
    {
        var y = Heading(heading, layout.Text * 8 / 5);
        var bar = new PixelRectangle(layout.Legend.X, y, layout.Text, layout.Legend.Height / 3);
        for (var row = 0; row < bar.Height; row++)
        {
            canvas.Rectangle(bar with { Y = y + row, Height = 1 }, Palette.Sequential(1 - (row / (bar.Height - 1.0))));
        }

        var x = bar.X + (bar.Width * 3 / 2);
        canvas.Text(codec.RenderText(high, layout.Text, false), x, y, Palette.Ink);
        canvas.Text(codec.RenderText(low, layout.Text, false), x, y + bar.Height - layout.Text, Palette.Ink);
    }

    private int Heading(string text, int line)
    {
        canvas.Text(codec.RenderText(text, layout.Text, true), layout.Legend.X, layout.Legend.Y, Palette.Ink);
        return layout.Legend.Y + line;
    }

    private void Entry(string text, Rgb swatch, Rgb ink, int y, int line, string number = "")
    {
        var radius = layout.Text * (number.Length > 0 ? 0.6 : 0.32);
        canvas.Disc(layout.Legend.X + radius, y + (line / 2.0), radius, swatch);
        if (number.Length > 0)
        {
            var mask = codec.RenderText(number, layout.Text * 3 / 4, true);
            canvas.Text(
                mask,
                (int)Math.Round(layout.Legend.X + radius - (mask.Width / 2.0)),
                (int)Math.Round(y + ((line - mask.Height) / 2.0)),
                swatch.ReadableInk
            );
        }

        var x = layout.Legend.X + (number.Length > 0 ? layout.Text * 8 / 5 : layout.Text);
        canvas.Text(
            codec.FittedText(text, layout.Text, false, canvas.Image.Width - layout.Margin - x, layout.Text * 4 / 5),
            x,
            y + ((line - layout.Text) / 2),
            ink
        );
    }
}
