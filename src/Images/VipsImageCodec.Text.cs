using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using OrleansAtlas.Images.Native;
using OrleansAtlas.Media;

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
        using var draw = new VipsOperation("text");
        using var ink = draw.Set("text", WebUtility.HtmlEncode(OneLine(text))).Set("font", $"DejaVu Sans {(bold ? "Bold " : "")}{size}")
            .Options("dpi=72,rgba=true").Build().Image();
        var memory = Vips.ImageWriteToMemory(ink, out var length);
        if (memory == 0)
        {
            throw VipsError.Take();
        }

        var rgba = new byte[length];
        Marshal.Copy(memory, rgba, 0, rgba.Length);
        GObject.Free(memory);
        return Place(rgba, Vips.Width(ink), Vips.Height(ink), Math.Max(0, Vips.OffsetX(ink)), Vips.OffsetY(ink), pixelHeight);
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
