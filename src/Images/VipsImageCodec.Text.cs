using System.Globalization;
using System.Net;
using NetVips;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Images;

public sealed partial class VipsImageCodec
{
    /// <summary>Ascent plus descent of DejaVu Sans in ems: (1901 + 483) / 2048.</summary>
    private const double LineHeight = 1.164;

    /// <inheritdoc/>
    /// <remarks>The mask is exactly <paramref name="pixelHeight"/> high and every line of one height has its baseline in the same row.</remarks>
    public TextMask RenderText(string text, int pixelHeight, bool bold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pixelHeight, 4);
        if (string.IsNullOrWhiteSpace(text))
        {
            return new TextMask(Math.Max(1, pixelHeight * text.Length / 4), pixelHeight, new byte[Math.Max(1, pixelHeight * text.Length / 4) * pixelHeight]);
        }

        var size = (pixelHeight / LineHeight).ToString("0.##", CultureInfo.InvariantCulture);
        using var ink = Image.Text(WebUtility.HtmlEncode(OneLine(text)), $"DejaVu Sans {(bold ? "Bold " : "")}{size}", dpi: 72, rgba: true);
        return Place(ink.WriteToMemory<byte>(), ink.Width, ink.Height, Math.Max(0, ink.Xoffset), ink.Yoffset, pixelHeight);
    }

    /// <summary>libvips gives the inked rectangle only; its offset says where in the line it stands.</summary>
    private static TextMask Place(byte[] rgba, int width, int height, int left, int top, int lineHeight)
    {
        var mask = new TextMask(left + width, lineHeight, new byte[(left + width) * lineHeight]);
        for (var y = Math.Max(0, -top); y < height && top + y < lineHeight; y++)
        {
            for (var x = 0; x < width; x++)
            {
                mask.Coverage[((top + y) * mask.Width) + left + x] = rgba[(((y * width) + x) * 4) + 3];
            }
        }

        return mask;
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
