using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OrleansAtlas.Access;

/// <summary>The key of a server: who gives it, or holds a session that was made with it, may ask. Comparing takes the same time whatever
/// is given.</summary>
public sealed class AccessKey
{
    private const int FewestCharacters = 16;
    private const int StampLength = 8;

    private static readonly TimeSpan SessionLength = TimeSpan.FromDays(7);

    private readonly byte[] _hash;

    internal AccessKey(string key) => _hash = Hash(key);

    /// <summary>Reads a key from a file: its first line, 16 characters or more.</summary>
    /// <exception cref="AccessException">There is no such file, or no such line in it.</exception>
    public static AccessKey Read(string path)
    {
        try
        {
            var key = File.ReadLines(path).FirstOrDefault()?.Trim() ?? "";
            return key.Length >= FewestCharacters
                ? new AccessKey(key)
                : throw new AccessException(
                    $"The key in '{path}' has {key.Length} characters, {FewestCharacters} or more are needed; "
                        + "make one with: openssl rand -hex 32"
                );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AccessException($"The key file '{path}' cannot be read ({error.Message.TrimEnd('.')}).", error);
        }
    }

    /// <summary>Whether this is the key.</summary>
    public bool Is(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(_hash, Hash(given));

    /// <summary>A session: when it ends, signed with the key. A new key ends them all.</summary>
    internal string StartSession(DateTimeOffset now)
    {
        Span<byte> stamp = stackalloc byte[StampLength];
        BinaryPrimitives.WriteInt64BigEndian(stamp, (now + SessionLength).ToUnixTimeSeconds());
        return Convert.ToHexStringLower([.. stamp, .. HMACSHA256.HashData(_hash, stamp)]);
    }

    /// <summary>Whether this is a session that has not ended.</summary>
    internal bool IsSession(string? session, DateTimeOffset now)
    {
        if (session is null || session.Length != 2 * (StampLength + HMACSHA256.HashSizeInBytes) || !session.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        var bytes = Convert.FromHexString(session);
        var stamp = bytes.AsSpan(0, StampLength);
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_hash, stamp), bytes.AsSpan(StampLength))
            && BinaryPrimitives.ReadInt64BigEndian(stamp) > now.ToUnixTimeSeconds();
    }

    // Of one length, so that the length of what is given takes no time of its own.
    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
