using System.Buffers.Binary;

namespace OrleansAtlas.Media;

/// <summary>Tells a film that is nothing but JPEGs one after the other from a photo that other pictures are hung onto.</summary>
internal static class MotionJpeg
{
    /// <summary>ffmpeg's name of such films' format.</summary>
    public const string Format = "mjpeg";

    /// <summary>Bytes at the beginning of a file that are looked at.</summary>
    public const int Length = 3 << 20;

    // Phones append a depth map or a smaller picture; three of one size in a row are a film.
    private const int LeastPictures = 3;

    /// <summary>Whether a file begins with JPEGs of one size in a row.</summary>
    /// <param name="head">Its beginning, up to <see cref="Length"/> bytes.</param>
    public static bool IsFilm(ReadOnlySpan<byte> head)
    {
        (int Width, int Height)? first = null;
        for (var count = 0; count < LeastPictures; count++)
        {
            if (Picture(ref head) is not { } size || size != (first ??= size))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Skips one JPEG (ITU-T T.81, B.1): marker segments up to the scan, then everything to the end of the image.</summary>
    /// <returns>Its size; null where there is none, or a camera says that more pictures belong to it (CIPA DC-007).</returns>
    private static (int Width, int Height)? Picture(ref ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return null;
        }

        (int Width, int Height)? size = null;
        for (var at = 2; at + 9 <= bytes.Length && bytes[at] == 0xFF; )
        {
            var (marker, length) = (bytes[at + 1], BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]));
            if (marker == 0xE2 && bytes[(at + 4)..].StartsWith("MPF\0"u8))
            {
                return null;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                var height = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]);
                size = (BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), height);
            }

            at += 2 + length;
            if (marker == 0xDA)
            {
                var end = at < bytes.Length ? bytes[at..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) : -1;
                bytes = end < 0 ? [] : bytes[(at + end + 2)..];
                return end < 0 ? null : size;
            }
        }

        return null;
    }
}
