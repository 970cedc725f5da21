using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Drawing;

/// <summary>Text in a place of limited width.</summary>
internal static class FittingText
{
    /// <summary>A line of text no wider than this: what is too long loses its middle, since names that begin alike differ at their
    /// end.</summary>
    public static TextMask FittedText(this IImageCodec codec, string text, int pixelHeight, bool bold, int width)
    {
        var mask = codec.RenderText(text, pixelHeight, bold);
        for (var keep = text.Length - 1; mask.Width > width && keep > 2; keep -= Math.Max(1, keep / 16))
        {
            mask = codec.RenderText($"{text[..(keep / 2)].TrimEnd()}…{text[^(keep - (keep / 2))..]}", pixelHeight, bold);
        }

        return mask;
    }
}
