using OrleansAtlas.Imaging;
using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Rendering.Charts;

/// <summary>Square charts side by side under one title, each with a heading.</summary>
internal sealed class PanelRow
{
    private const int Side = 520;
    private const int TextHeight = 20;
    private const int Margin = 40;

    private readonly IImageCodec _codec;
    private readonly int _top;

    /// <param name="codec">Draws the text.</param>
    /// <param name="count">How many panels.</param>
    /// <param name="title">Over all of them.</param>
    /// <param name="facts">A line below the title.</param>
    public PanelRow(IImageCodec codec, int count, string title, string facts)
    {
        _codec = codec;
        _top = Margin + (TextHeight * 6);
        Canvas = new Canvas(Margin + (count * (Side + Margin)), _top + Side + (2 * Margin), Palette.Ground);
        Write(title, Margin, Margin, TextHeight * 3 / 2, true, Palette.Ink, Canvas.Image.Width - (2 * Margin));
        Write(facts, Margin, Margin + (TextHeight * 2), TextHeight, false, Palette.PaleInk, Canvas.Image.Width - (2 * Margin));
    }

    /// <summary>What is drawn on.</summary>
    public Canvas Canvas { get; }

    /// <summary>Begins a panel: its ground, frame and heading.</summary>
    public PixelRectangle Panel(int number, string heading, string facts)
    {
        var area = new PixelRectangle(Margin + (number * (Side + Margin)), _top, Side, Side);
        Canvas.Rectangle(area, Rgb.White);
        Canvas.Frame(area, Palette.Other, 1);
        Write(heading, area.X, area.Y - (TextHeight * 3 / 2), TextHeight, true, Palette.Ink, Side);
        Write(facts, area.X, area.Y + Side + (TextHeight / 2), TextHeight * 4 / 5, false, Palette.PaleInk, Side);
        return area;
    }

    /// <summary>Small text with its top left corner at a pixel.</summary>
    public void Label(string text, int x, int y) => Write(text, x, y, TextHeight * 7 / 10, false, Palette.PaleInk, Side);

    private void Write(string text, int x, int y, int height, bool bold, Rgb colour, int width) =>
        Canvas.Text(_codec.FittedText(text, height, bold, width, height * 2 / 3), x, y, colour);
}
