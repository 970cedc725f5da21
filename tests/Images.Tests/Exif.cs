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

/// <summary>A picture in print colours, by hand, since ffmpeg writes none.</summary>
internal static class Cmyk
{
    /// <summary>An uncompressed TIFF of one colour (TIFF 6.0, section 16: PhotometricInterpretation 5).</summary>
    public static byte[] Tiff(int width, int height, params byte[] colour)
    {
        var file = new MemoryStream();
        var writer = new BinaryWriter(file);
        (ushort Tag, ushort Type, uint Count, uint Value)[] entries =
        [
            (256, 4, 1, (uint)width),
            (257, 4, 1, (uint)height),
            (258, 3, 4, 8 + 2 + (9 * 12) + 4),
            (259, 3, 1, 1),
            (262, 3, 1, 5),
            (273, 4, 1, 8 + 2 + (9 * 12) + 4 + 8),
            (277, 3, 1, 4),
            (278, 4, 1, (uint)height),
            (279, 4, 1, (uint)(width * height * 4)),
        ];
        writer.Write("II*\0"u8);
        writer.Write(8);
        writer.Write((ushort)entries.Length);
        foreach (var (tag, type, count, value) in entries)
        {
            writer.Write(tag);
            writer.Write(type);
            writer.Write(count);
            writer.Write(value);
        }

        writer.Write(0);
        writer.Write([8, 0, 8, 0, 8, 0, 8, 0]);
        for (var i = 0; i < width * height; i++)
        {
            writer.Write(colour);
        }

        return file.ToArray();
    }
}

/// <summary>Reading single pixels, and pictures to try with.</summary>
internal static class Pixels
{
    public static (int R, int G, int B) At(RgbImage image, int x, int y)
    {
        var at = ((y * image.Width) + x) * 3;
        return (image.Pixels[at], image.Pixels[at + 1], image.Pixels[at + 2]);
    }

    public static void AssertNear((int R, int G, int B) expected, (int R, int G, int B) actual, int tolerance) =>
        Assert.True(
            Math.Abs(expected.R - actual.R) <= tolerance
                && Math.Abs(expected.G - actual.G) <= tolerance
                && Math.Abs(expected.B - actual.B) <= tolerance,
            $"expected {expected}, got {actual}"
        );

    public static RgbImage Noise(int width, int height)
    {
        var image = new RgbImage(width, height);
        new Random(1).NextBytes(image.Pixels);
        return image;
    }
}
