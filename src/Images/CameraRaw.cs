using Microsoft.Win32.SafeHandles;

namespace OrleansAtlas.Images;

/// <summary>Camera raw files: what their sensor saw is not developed here, but nearly all carry the picture that the camera made of it, as
/// a JPEG among smaller previews.</summary>
internal static class CameraRaw
{
    private const int LargestFile = 512 << 20;
    private const int HeadBytes = 64 << 10;
    private const int NewSubfileType = 254;
    private const int OrientationTag = 274;
    private const int DngVersion = 50706;

    // csharpier-ignore
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".dng", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".srf", ".sr2", ".orf", ".rw2", ".raf", ".pef", ".srw", ".3fr", ".iiq",
        ".erf", ".kdc", ".dcr", ".mef", ".mos", ".rwl",
    };

    /// <summary>Looks for the largest JPEG in a raw file.</summary>
    /// <returns>Null where it is no raw file; an empty JPEG where there is none inside.</returns>
    public static (byte[] Jpeg, int Orientation)? Find(SafeFileHandle file, string path)
    {
        var length = RandomAccess.GetLength(file);
        var head = new byte[(int)Math.Min(length, HeadBytes)];
        RandomAccess.Read(file, head, 0);
        if (!IsRaw(head, path))
        {
            return null;
        }

        if (length > LargestFile)
        {
            return ([], 1);
        }

        var bytes = new byte[length];
        for (var read = 0; read < bytes.Length; )
        {
            var count = RandomAccess.Read(file, bytes.AsSpan(read), read);
            if (count == 0)
            {
                break;
            }

            read += count;
        }

        return (Largest(bytes), TiffTags.Read(head).GetValueOrDefault(OrientationTag, 1));
    }

    private static bool IsRaw(ReadOnlySpan<byte> head, string path)
    {
        if (head.StartsWith("FUJIFILMCCD-RAW"u8) || head.StartsWith("IIRO"u8) || head.StartsWith("IIRS"u8) || head.StartsWith("IIU\0"u8))
        {
            return true;
        }

        if (head.Length >= 12 && head[4..12].SequenceEqual("ftypcrx "u8))
        {
            return true;
        }

        // The first picture of a usual TIFF is the picture itself.
        var tags = TiffTags.Read(head);
        return tags.Count > 0
            && (
                tags.ContainsKey(DngVersion)
                || (tags.GetValueOrDefault(NewSubfileType) & 1) == 1
                || Extensions.Contains(Path.GetExtension(path))
            );
    }

    private static byte[] Largest(ReadOnlySpan<byte> file)
    {
        var (best, at, area) = (-1, 0, 0L);
        while (file[at..].IndexOf((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) is >= 0 and var next)
        {
            at += next;
            if (JpegHeader.Read(file[at..]) is { Components: 1 or 3 } header && (long)header.Width * header.Height > area)
            {
                (best, area) = (at, (long)header.Width * header.Height);
            }

            at += 3;
        }

        return best < 0 ? [] : file[best..].ToArray();
    }
}
