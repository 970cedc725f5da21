using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Charts;

/// <summary>How a chart divides its picture: a title above, the plot, a legend to the right. Sizes follow from the picture's
/// height.</summary>
internal sealed record ChartLayout
{
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="hasTitle">Whether there is a title.</param>
    /// <exception cref="AtlasException">The picture is too small for a chart.</exception>
    public ChartLayout(int width, int height, bool hasTitle)
    {
        if (width < 400 || height < 300)
        {
            throw new AtlasException($"A chart of {width} x {height} pixels has no room for its legend: take at least 400 x 300.");
        }

        Text = Math.Max(12, Math.Min(height, width * 3 / 4) / 50);
        Margin = Text * 2;
        Hairline = Math.Max(1, Text / 16);
        var top = Margin + (hasTitle ? Text * 3 : Text * 3 / 2);
        LegendWidth = Math.Min(Text * 15, width / 4);
        Plot = new PixelRectangle(Margin, top, width - LegendWidth - (3 * Margin), height - top - Margin);
        Legend = new PixelRectangle(Plot.X + Plot.Width + Margin, top, LegendWidth, Plot.Height);
    }

    /// <summary>Height of a line of text.</summary>
    public int Text { get; }

    /// <summary>Empty space around everything.</summary>
    public int Margin { get; }

    /// <summary>Thickness of the frame.</summary>
    public int Hairline { get; }

    /// <summary>Width of the legend.</summary>
    public int LegendWidth { get; }

    /// <summary>Where the points are.</summary>
    public PixelRectangle Plot { get; }

    /// <summary>Where colours are explained.</summary>
    public PixelRectangle Legend { get; }
}
