using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Drawing;

/// <summary>Text in a place of limited width.</summary>
internal static class FittingText
{
    /// <summary>A line of text no wider than this: what is too long is set smaller and, where that is not enough, loses its middle, since
    /// names that begin alike differ at their end.</summary>
    /// <param name="codec">Draws the text.</param>
    /// <param name="text">The line.</param>
    /// <param name="pixelHeight">Its height.</param>
    /// <param name="bold">Whether its letters are bold.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="smallest">The height down to which it is set smaller; 0 for not at all.</param>
    public static TextMask FittedText(this IImageCodec codec, string text, int pixelHeight, bool bold, int width, int smallest = 0)
    {
        var height = smallest > 0 ? codec.FittingHeight([text], pixelHeight, bold, width, smallest) : pixelHeight;
        var mask = codec.RenderText(text, height, bold);
        for (var keep = text.Length - 1; mask.Width > width && keep > 2; keep -= Math.Max(1, keep / 16))
        {
            mask = codec.RenderText($"{text[..(keep / 2)].TrimEnd()}…{text[^(keep - (keep / 2))..].TrimStart()}", height, bold);
        }

        return mask;
    }

    /// <summary>The largest height at which all of some lines are no wider than this.</summary>
    /// <param name="codec">Draws the text.</param>
    /// <param name="texts">The lines.</param>
    /// <param name="pixelHeight">The largest height.</param>
    /// <param name="bold">Whether letters are bold.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="smallest">The smallest height, which is the answer also where it is not small enough.</param>
    public static int FittingHeight(this IImageCodec codec, IEnumerable<string> texts, int pixelHeight, bool bold, int width, int smallest)
    {
        var height = pixelHeight;
        foreach (var text in texts)
        {
            while (height > smallest && codec.RenderText(text, height, bold).Width is var wide && wide > width)
            {
                height = Math.Clamp((int)((long)height * width / wide), smallest, height - 1);
            }
        }

        return height;
    }
}
