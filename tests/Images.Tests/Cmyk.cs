namespace OrleansAtlas.Tests;

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
