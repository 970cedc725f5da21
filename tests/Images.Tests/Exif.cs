using System.Buffers.Binary;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Tests;

/// <summary>JPEG's markers and EXIF's orientation, by hand.</summary>
internal static class Exif
{
    /// <summary>Puts an EXIF block with one entry, the orientation (tag 0x0112), behind the start marker.</summary>
    public static byte[] Add(byte[] jpeg, int orientation)
    {
        byte[] tiff = [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        return [.. jpeg.AsSpan(0, 2), 0xFF, 0xE1, 0, (byte)(body.Length + 2), .. body, .. jpeg.AsSpan(2)];
    }

    /// <summary>The pixels as a camera stores them that notes this orientation.</summary>
    public static RgbImage Unturn(RgbImage upright, int orientation)
    {
        var swapped = orientation >= 5;
        var (width, height) = swapped ? (upright.Height, upright.Width) : (upright.Width, upright.Height);
        var coded = new RgbImage(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (right, bottom) = (width - 1 - x, height - 1 - y);
                var (ux, uy) = orientation switch
                {
                    1 => (x, y),
                    2 => (right, y),
                    3 => (right, bottom),
                    4 => (x, bottom),
                    5 => (y, x),
                    6 => (bottom, x),
                    7 => (bottom, right),
                    _ => (y, right),
                };
                upright.Span.Slice(((uy * upright.Width) + ux) * 3, 3).CopyTo(coded.Span[(((y * width) + x) * 3)..]);
            }
        }

        return coded;
    }

    /// <summary>The marker segments before the coded pixels.</summary>
    public static IEnumerable<(byte Marker, byte[] Data)> Segments(byte[] jpeg)
    {
        for (var at = 2; jpeg[at + 1] != 0xDA; )
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(at + 2));
            yield return (jpeg[at + 1], jpeg[(at + 4)..(at + 2 + length)]);
            at += 2 + length;
        }
    }
}
