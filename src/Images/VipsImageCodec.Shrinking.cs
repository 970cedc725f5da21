using System.Buffers.Binary;
using OrleansAtlas.Images.Native;
using OrleansAtlas.Media;

namespace OrleansAtlas.Images;

public sealed partial class VipsImageCodec
{
    /// <summary>Decodes a JPEG at its own size or at the half, quarter or eighth of it: the smallest that is at least this large, so
    /// that a thumbnail costs a fraction of the whole picture.</summary>
    /// <param name="jpeg">The file.</param>
    /// <param name="width">Pixels a row that are needed at least, as far as the picture has them.</param>
    /// <param name="height">Rows that are needed at least.</param>
    /// <exception cref="InvalidDataException">The bytes are no JPEG.</exception>
    public unsafe RgbImage Decode(ReadOnlySpan<byte> jpeg, int width, int height)
    {
        fixed (byte* bytes = jpeg)
        {
            try
            {
                var (wide, high) = SizeOf(jpeg);
                var shrink = 8;
                while (shrink > 1 && (wide / shrink < width || high / shrink < height))
                {
                    shrink /= 2;
                }

                using var load = new VipsOperation("jpegload_buffer");
                using var image = load.Set("buffer", bytes, jpeg.Length).Options($"access=sequential,fail_on=truncated,shrink={shrink}").Build().Image();
                return ToRgb(image);
            }
            catch (VipsError error)
            {
                throw new InvalidDataException($"The JPEG of {jpeg.Length} bytes cannot be read: {error.Message}.", error);
            }
        }
    }

    /// <summary>Width and height out of the frame header (ITU-T T.81, B.2.2); 0 where there is none before the first scan. Asking libvips costs as much as decoding.</summary>
    private static (int Width, int Height) SizeOf(ReadOnlySpan<byte> jpeg)
    {
        for (var at = 2; at + 9 <= jpeg.Length && jpeg[at] == 0xff;)
        {
            var marker = jpeg[at + 1];
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 5)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        }

        return (0, 0);
    }
}
