using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OrleansAtlas.Media;

/// <summary>Names a file by its content: the same bytes under any name have one id.</summary>
internal static class ContentId
{
    private const int End = 1 << 20;
    private const int Block = 1 << 16;
    private const int Blocks = 14;

    /// <summary>Bytes from which on an id is made of parts: two files may then have one id and differ between these.</summary>
    public const int InParts = 3 << 20;

    /// <summary>Half of the 64 hexadecimal digits: 128 bits keep a chance meeting out of reach and names short.</summary>
    public const int Length = 32;

    /// <summary>The id of a file.</summary>
    /// <exception cref="IOException">The file cannot be read, or it shrinks meanwhile.</exception>
    public static async Task<string> ComputeAsync(string path, CancellationToken cancellationToken)
    {
        var file = FilmFile.Open(path);
        await using (file.ConfigureAwait(false))
        {
            return await ComputeAsync(file, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>SHA-256 of a whole file, lower-case hexadecimal.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<string> WholeAsync(string path, CancellationToken cancellationToken)
    {
        var file = FilmFile.Open(path);
        await using (file.ConfigureAwait(false))
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>The id of a file that shares its <see cref="ComputeAsync(string, CancellationToken)"/> with another one that is not the
    /// same.</summary>
    /// <param name="sha256">As from <see cref="WholeAsync"/>.</param>
    public static string OfWhole(string sha256) => sha256[..Length];

    /// <summary>SHA-256 over the length (64 bits, little-endian), the first MiB, fourteen blocks of 64 KiB that begin at
    /// <c>i/15</c> of the length, and the last MiB; over the length and everything where the file is shorter than 3 MiB.
    /// The first 32 digits, lower-case hexadecimal.</summary>
    /// <param name="file">A stream that can seek.</param>
    /// <param name="cancellationToken">Stops between reads.</param>
    public static async Task<string> ComputeAsync(Stream file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = file.Length;
        var buffer = new byte[End];
        BinaryPrimitives.WriteInt64LittleEndian(buffer, length);
        hash.AppendData(buffer, 0, sizeof(long));
        foreach (var (offset, count) in Stretches(length))
        {
            file.Position = offset;
            await file.ReadExactlyAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            hash.AppendData(buffer, 0, count);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Length];
    }

    private static IEnumerable<(long Offset, int Count)> Stretches(long length)
    {
        if (length < InParts)
        {
            for (long offset = 0; offset < length; offset += End)
            {
                yield return (offset, (int)Math.Min(End, length - offset));
            }

            yield break;
        }

        yield return (0, End);
        for (var i = 1; i <= Blocks; i++)
        {
            yield return (Math.Min((long)((Int128)length * i / (Blocks + 1)), length - Block), Block);
        }

        yield return (length - End, End);
    }
}
