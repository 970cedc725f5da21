using System.Buffers.Binary;

namespace OrleansAtlas.Images;

/// <summary>What the frame header of a JPEG says (ITU-T T.81, B.2.2).</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Components">1 for grey, 3 for colour, 4 for print.</param>
/// <param name="Progressive">True where it comes in several scans, so that it is decoded whole.</param>
internal readonly record struct JpegHeader(int Width, int Height, int Components, bool Progressive)
{
    /// <summary>Reads it; null where there is none before the first scan, or it is of a kind that libjpeg does not read.</summary>
    /// <remarks>Asking libvips costs as much as decoding.</remarks>
    public static JpegHeader? Read(ReadOnlySpan<byte> jpeg)
    {
        for (var at = 2; at + 10 <= jpeg.Length && jpeg[at] == 0xff; )
        {
            var marker = jpeg[at + 1];
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
            {
                var (height, width) = (
                    BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 5)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 7)..])
                );
                return marker is 0xc0 or 0xc1 or 0xc2 && width > 0 && height > 0 && jpeg[at + 4] == 8
                    ? new JpegHeader(width, height, jpeg[at + 9], marker == 0xc2)
                    : null;
            }

            if (marker is 0xda or 0xd9)
            {
                return null;
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        }

        return null;
    }
}
