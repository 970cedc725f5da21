using OrleansAtlas.Media;

namespace OrleansAtlas.Maps;

/// <summary>The parts that charts have in common: title, legend of films, scale of a colour.</summary>
/// <param name="codec">Draws the text.</param>
/// <param name="canvas">Drawn on.</param>
/// <param name="layout">Where things go.</param>
public sealed class ChartDrawing(IImageCodec codec, Canvas canvas, ChartLayout layout)
{
    /// <summary>Title and a line of facts below or, without a title, the facts alone.</summary>
    public void Title(string title, string facts)
    {
        var y = layout.Margin;
        if (title.Length > 0)
        {
            canvas.Text(Fitted(title, layout.Text * 3 / 2, true, canvas.Image.Width - (2 * layout.Margin)), layout.Plot.X, y - (layout.Text / 2), Palette.Ink);
            y += layout.Text * 5 / 4;
        }

        canvas.Text(Fitted(facts, layout.Text, false, canvas.Image.Width - (2 * layout.Margin)), layout.Plot.X, y, Palette.PaleInk);
    }

    /// <summary>Films beside their colours, the first twenty of them; then how many more there are.</summary>
    public void Films(IReadOnlyList<string> films)
    {
        var line = Math.Min(layout.Text * 8 / 5, layout.Legend.Height / (Palette.Colours + 2));
        var y = Heading(films.Count == 1 ? "Film" : "Films", line);
        for (var i = 0; i < Math.Min(films.Count, Palette.Colours); i++, y += line)
        {
            Entry(films[i], Palette.Category(i), Palette.Ink, y, line);
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

    /// <summary>A line of text no wider than this: what is too long loses its beginning, since names differ at their end.</summary>
    public TextMask Fitted(string text, int pixelHeight, bool bold, int width)
    {
        var mask = codec.RenderText(text, pixelHeight, bold);
        for (var keep = text.Length - 1; mask.Width > width && keep > 2; keep -= Math.Max(1, keep / 16))
        {
            mask = codec.RenderText($"…{text[^keep..]}", pixelHeight, bold);
        }

        return mask;
    }

    private int Heading(string text, int line)
    {
        canvas.Text(codec.RenderText(text, layout.Text, true), layout.Legend.X, layout.Legend.Y, Palette.Ink);
        return layout.Legend.Y + line;
    }

    private void Entry(string text, Rgb swatch, Rgb ink, int y, int line)
    {
        var radius = layout.Text * 0.32;
        canvas.Disc(layout.Legend.X + radius, y + (line / 2.0), radius, swatch);
        var x = layout.Legend.X + layout.Text;
        canvas.Text(Fitted(text, layout.Text, false, canvas.Image.Width - layout.Margin - x), x, y + ((line - layout.Text) / 2), ink);
    }
}
