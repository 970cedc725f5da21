using System.IO.Hashing;
using System.Text;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Store;

// Why: docs/decisions/checksums-in-the-artifact.md
/// <summary>
/// The checksum that every artifact carries, XXH128 (xxhash.com) of its content: a store that keeps artifacts puts it on when they are
/// written and takes it off when they are read.
/// <list type="bullet">
/// <item>A JSON artifact, one object that ends in <c>"\n}\n"</c>, gets a last property, <c>"checksum": "xxh128:..."</c> of 32
/// hexadecimal digits, over the bytes without it.</item>
/// <item>Any other gets a trailer of 24 bytes: <c>ATLASSUM</c>, then the hash; numpy.load does not look at what follows an array.</item>
/// </list>
/// </summary>
public static class Checksum
{
    /// <summary>Bytes that follow the content of an artifact that is not JSON.</summary>
    public const int TrailerLength = 24;

    private const string Property = "  \"checksum\": \"xxh128:";
    private const int HexLength = 32;

    private static ReadOnlySpan<byte> Magic => "ATLASSUM"u8;

    private static ReadOnlySpan<byte> End => "\n}\n"u8;

    /// <summary>An artifact as it is stored: content and checksum.</summary>
    /// <param name="name">Its name, whose extension says how it carries the checksum.</param>
    /// <param name="content">What it holds.</param>
    public static byte[] Add(string name, ReadOnlySpan<byte> content)
    {
        if (!IsJson(name, content))
        {
            return [.. content, .. Trailer(XxHash128.Hash(content))];
        }

        var line = Encoding.ASCII.GetBytes($",\n{Property}{Convert.ToHexStringLower(XxHash128.Hash(content))}\"");
        return [.. content[..^End.Length], .. line, .. End];
    }

    /// <summary>What a stored artifact holds, without its checksum; one without a checksum, from an older version, as it is.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="stored">Its bytes.</param>
    /// <param name="place">Where it is, for the message.</param>
    /// <param name="had">Whether it carries a checksum.</param>
    /// <exception cref="DamagedArtifactException">The content is not what was written.</exception>
    public static byte[] Remove(string name, byte[] stored, string place, out bool had)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var (content, hash) = name.EndsWith(".json", StringComparison.Ordinal) ? OffJson(stored) : OffTrailer(stored);
        had = hash.Length > 0;
        return !had || XxHash128.Hash(content).AsSpan().SequenceEqual(hash)
            ? content
            : throw new DamagedArtifactException(name, $"'{place}' is damaged: its checksum is not that of its content");
    }

    /// <summary>Reads a stored artifact against its checksum; only JSON is in memory whole.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="stored">A stream of it that seeks, at its start.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<Integrity> VerifyAsync(string name, Stream stored, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(stored);
        if (name.EndsWith(".json", StringComparison.Ordinal))
        {
            var bytes = new byte[stored.Length];
            await stored.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            var (text, digits) = OffJson(bytes);
            return digits.Length == 0 ? Integrity.NoChecksum
                : XxHash128.Hash(text).AsSpan().SequenceEqual(digits) ? Integrity.Whole
                : Integrity.Damaged;
        }

        var last = new byte[TrailerLength];
        if (stored.Length < last.Length)
        {
            return Integrity.NoChecksum;
        }

        stored.Position = stored.Length - last.Length;
        await stored.ReadExactlyAsync(last, cancellationToken).ConfigureAwait(false);
        if (!IsTrailer(last))
        {
            return Integrity.NoChecksum;
        }

        stored.Position = 0;
        var content = await ContentStream.OpenAsync(stored, cancellationToken).ConfigureAwait(false);
        var hash = new XxHash128();
        await hash.AppendAsync(content, cancellationToken).ConfigureAwait(false);
        return hash.GetCurrentHash().AsSpan().SequenceEqual(last.AsSpan(Magic.Length)) ? Integrity.Whole : Integrity.Damaged;
    }

    /// <summary>Whether these last bytes of an artifact that is not JSON are a checksum.</summary>
    internal static bool IsTrailer(ReadOnlySpan<byte> last) => last.Length == TrailerLength && last.StartsWith(Magic);

    internal static byte[] Trailer(ReadOnlySpan<byte> hash) => [.. Magic, .. hash];

    // Stores hold JSON of our own alone, which ends so; anything else of that name carries a trailer like other artifacts.
    private static bool IsJson(string name, ReadOnlySpan<byte> content) =>
        name.EndsWith(".json", StringComparison.Ordinal) && content.EndsWith(End);

    private static (byte[] Content, byte[] Hash) OffTrailer(byte[] stored) =>
        stored.Length >= TrailerLength && IsTrailer(stored.AsSpan(stored.Length - TrailerLength))
            ? (stored[..^TrailerLength], stored[(stored.Length - TrailerLength + Magic.Length)..])
            : (stored, []);

    private static (byte[] Content, byte[] Hash) OffJson(byte[] stored)
    {
        var length = ",\n".Length + Property.Length + HexLength + "\"".Length;
        var start = stored.Length - End.Length - length;
        if (start < 0 || !stored.AsSpan().EndsWith(End))
        {
            return OffTrailer(stored);
        }

        var line = Encoding.ASCII.GetString(stored, start, length);
        return line.StartsWith($",\n{Property}", StringComparison.Ordinal) && line[^1] == '"'
            ? ([.. stored.AsSpan(0, start), .. End], Hash(line[^(HexLength + 1)..^1]))
            : (stored, []);
    }

    // A digit that is none cannot be the checksum of anything.
    private static byte[] Hash(string digits) => digits.All(char.IsAsciiHexDigitLower) ? Convert.FromHexString(digits) : new byte[1];
}
