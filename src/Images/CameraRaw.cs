using System.Buffers.Binary;
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

/// <summary>The numbers in the first directory of a TIFF file (TIFF 6.0, section 2).</summary>
internal static class TiffTags
{
    private const int Short = 3;
    private const int Long = 4;

    /// <summary>Tags that hold one number; none where the bytes are no TIFF or its directory lies elsewhere.</summary>
    public static Dictionary<int, int> Read(ReadOnlySpan<byte> head)
    {
        var tags = new Dictionary<int, int>();
        if (head.Length < 8 || !(head.StartsWith("II"u8) || head.StartsWith("MM"u8)))
        {
            return tags;
        }

        var little = head[0] == 'I';
        var at = (long)Number(head[4..], 4, little);
        if (at < 8 || at + 2 > head.Length)
        {
            return tags;
        }

        var count = (int)Number(head[(int)at..], 2, little);
        for (var entry = (int)at + 2; count > 0 && entry + 12 <= head.Length; entry += 12, count--)
        {
            var (tag, type) = ((int)Number(head[entry..], 2, little), (int)Number(head[(entry + 2)..], 2, little));
            if (type is Short or Long)
            {
                tags[tag] = (int)Number(head[(entry + 8)..], type == Short ? 2 : 4, little);
            }
            else
            {
                tags[tag] = 0;
            }
        }

        return tags;
    }

    private static uint Number(ReadOnlySpan<byte> bytes, int size, bool little) =>
        (size, little) switch
        {
            (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        };
}
