namespace OrleansAtlas.Media;

/// <summary>Tells films that are encrypted: their packets are there and no picture comes of them.</summary>
internal static class Scrambling
{
    /// <summary>Bytes at the beginning of a file that are looked at.</summary>
    public const int Length = 1 << 20;

    private const int TransportPacket = 188;
    private const byte TransportSync = 0x47;

    // ffprobe's word for packets under common encryption (ISO/IEC 23001-7).
    private const string EncryptedPacket = "\"Encryption info\"";

    // Codec tags that stand where the codec itself should (ISO/IEC 14496-12, 8.12; the last is Apple's).
    private static readonly string[] Tags = ["encv", "drmi"];

    /// <summary>Whether ffprobe tells of encryption.</summary>
    /// <param name="json">Its answer.</param>
    /// <param name="codecTag">The picture stream's.</param>
    /// <param name="diagnostics">What it wrote on standard error.</param>
    public static bool IsTold(string json, string codecTag, string diagnostics) =>
        json.Contains(EncryptedPacket, StringComparison.Ordinal)
        || Tags.Contains(codecTag)
        || diagnostics.Contains("DRM protected", StringComparison.OrdinalIgnoreCase)
        || diagnostics.Contains("ncrypt", StringComparison.Ordinal);

    /// <summary>Whether most packets of a broadcast or disc are scrambled (ISO/IEC 13818-1, 2.4.3.3 and 2.4.3.7).</summary>
    public static bool IsScrambled(ReadOnlySpan<byte> head)
    {
        var (scrambled, clear) = Transport(head, 0, TransportPacket);
        if (scrambled + clear == 0)
        {
            (scrambled, clear) = Transport(head, 4, TransportPacket + 4);
        }

        if (scrambled + clear == 0)
        {
            (scrambled, clear) = Program(head);
        }

        return scrambled > clear;
    }

    private static (int Scrambled, int Clear) Transport(ReadOnlySpan<byte> head, int at, int step)
    {
        var (scrambled, clear) = (0, 0);
        for (; at + TransportPacket <= head.Length; at += step)
        {
            if (head[at] != TransportSync)
            {
                return (0, 0);
            }

            _ = (head[at + 3] & 0xC0) == 0 ? clear++ : scrambled++;
        }

        return (scrambled, clear);
    }

    private static (int Scrambled, int Clear) Program(ReadOnlySpan<byte> head)
    {
        var (scrambled, clear) = (0, 0);
        for (
            var at = 0;
            head[at..].IndexOf((ReadOnlySpan<byte>)[0, 0, 1, 0xE0]) is >= 0 and var next && at + next + 7 < head.Length;
            at += next + 4
        )
        {
            _ = (head[at + next + 6] & 0x30) == 0 ? clear++ : scrambled++;
        }

        return head.StartsWith((ReadOnlySpan<byte>)[0, 0, 1, 0xBA]) ? (scrambled, clear) : (0, 0);
    }
}
