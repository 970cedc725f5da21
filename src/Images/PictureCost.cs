using System.Globalization;
using NetVips;

namespace OrleansAtlas.Images;

// Why: docs/decisions/limits-on-input.md
/// <summary>What decoding a picture takes, known from its header, and the limits that hold before a pixel is read.</summary>
internal static class PictureCost
{
    /// <summary>Pixels at most of a picture that is read row by row: some seconds of work.</summary>
    public const long MostPixels = 1L << 30;

    /// <summary>Bytes at most of a picture that can only be decoded whole.</summary>
    public const long MostBytes = 640L << 20;

    // Pictures above it are decoded one at a time.
    private const long Large = 64L << 20;
    private const int RowsPerStrip = 278;
    private static readonly Lock OneLargeAtATime = new();

    /// <summary>Why a picture is not decoded, one sentence's end; null where it may be.</summary>
    /// <param name="image">Its header.</param>
    /// <param name="head">The file's first bytes.</param>
    /// <param name="whole">Gets the bytes it takes at once; 0 where it is read row by row.</param>
    public static string? Refusal(Image image, ReadOnlySpan<byte> head, out long whole)
    {
        var pixels = (long)image.Width * image.Height;
        whole = IsReadByRows(image, head) ? 0 : pixels * BytesPerPixel(image, head);
        return pixels > MostPixels
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"it has {image.Width} x {image.Height} pixels, and at most {MostPixels >> 20} million are read"
                )
            : whole > MostBytes
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"its {image.Width} x {image.Height} pixels can only be decoded at once, which takes {whole >> 20} MiB, and at most "
                        + $"{MostBytes >> 20} are given; save it smaller, or as a baseline JPEG or a PNG without interlacing"
                )
            : null;
    }

    /// <summary>Decodes, one at a time what takes much memory.</summary>
    public static T Within<T>(long whole, Func<T> decode)
    {
        if (whole < Large)
        {
            return decode();
        }

        lock (OneLargeAtATime)
        {
            return decode();
        }
    }

    private static bool IsReadByRows(Image image, ReadOnlySpan<byte> head) =>
        head switch
        {
            [0xFF, 0xD8, ..] => JpegHeader.Read(head) is { Progressive: false },
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => head.Length > 28 && head[28] == 0,
            [(byte)'I', (byte)'I', ..] or [(byte)'M', (byte)'M', ..] => (long)
                TiffTags.Read(head).GetValueOrDefault(RowsPerStrip, int.MaxValue)
                * image.Width
                * image.Bands
                * 2
                < Large,
            _ => false,
        };

    // Coefficients of a JPEG are 16 bits each; the others are held as they are, and once more as they are handed on.
    private static int BytesPerPixel(Image image, ReadOnlySpan<byte> head) =>
        image.Bands
        * (
            head is [0xFF, 0xD8, ..] ? 2
            : image.Format == Enums.BandFormat.Uchar ? 1
            : image.Format == Enums.BandFormat.Ushort ? 2
            : 4
        );
}
