using System.Buffers.Binary;

namespace OrleansAtlas.Images;

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
