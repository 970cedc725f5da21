using System.Security.Cryptography;
using System.Text;

namespace OrleansAtlas.Azure;

/// <summary>Blocks of blobs on the local disk, for all processes of this machine's user: the ones used longest ago go first. A block is
/// named after its blob's address and tag, so that it never changes; the folder may be emptied at any time.</summary>
/// <param name="folder">Where; made when the first block comes.</param>
/// <param name="limit">Bytes that all blocks may take; twice a block at least.</param>
internal sealed class BlockCache(string folder, long limit)
{
    // A sweep makes room for a while.
    private const double KeptBySweep = 0.9;

    private readonly Lock _sweeping = new();
    private long _bytes = -1;

    /// <summary>Name of a version of a blob in the cache.</summary>
    public static string KeyOf(Uri blob, string tag) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{blob.GetLeftPart(UriPartial.Path)} {tag}")))[..32];

    /// <summary>A block; null where it is not kept.</summary>
    /// <param name="key">Of the version.</param>
    /// <param name="block">Its number.</param>
    /// <param name="length">Bytes it must have: one that the disk lost a part of counts as not kept.</param>
    public byte[]? TryRead(string key, long block, int length)
    {
        try
        {
            using var file = File.OpenHandle(PathOf(key, block), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (RandomAccess.GetLength(file) != length)
            {
                return null;
            }

            var bytes = new byte[length];
            for (var read = 0; read < length; )
            {
                var more = RandomAccess.Read(file, bytes.AsSpan(read), read);
                if (more == 0)
                {
                    return null;
                }

                read += more;
            }

            File.SetLastAccessTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime);
            return bytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps a block. A disk that is full or read-only makes reading slower, not wrong.</summary>
    public void Add(string key, long block, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(key, block);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            CreateFolder(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
            Count(bytes.Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Delete(temporary);
        }
    }

    private string PathOf(string key, long block) => Path.Combine(folder, key[..2], $"{key}-{block}");

    // What is read may be private, and is no other user's business.
    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A later sweep deletes it.
        }
    }

    // Other processes add too, so what is there is counted when this one believes that it is full.
    private void Count(int added)
    {
        lock (_sweeping)
        {
            _bytes = _bytes < 0 ? Sweep(limit) : _bytes + added;
            if (_bytes > limit)
            {
                _bytes = Sweep((long)(limit * KeptBySweep));
            }
        }
    }

    private long Sweep(long most)
    {
        var (kept, bytes) = (0L, 0L);
        foreach (
            var file in new DirectoryInfo(folder)
                .EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(file => (file.FullName, file.Length, file.LastAccessTimeUtc))
                .OrderByDescending(file => file.LastAccessTimeUtc)
                .ToList()
        )
        {
            bytes += file.Length;
            if (bytes > most)
            {
                Delete(file.FullName);
            }
            else
            {
                kept = bytes;
            }
        }

        return kept;
    }
}
