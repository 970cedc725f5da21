using System.Security.Cryptography;
using System.Text;

namespace OrleansAtlas.Web.Tiles;

/// <summary>Tiles that were drawn, in memory and on disk, each bounded. A tile never changes: its map's version is part of its
/// name.</summary>
internal sealed class TileCache(WebMapOptions options) : IDisposable
{
    private const int WritesBetweenSweeps = 2000;

    // Part of every name, so that a change in how tiles are drawn never shows old ones.
    private const string Drawing = "4";

    private readonly BoundedCache<string, byte[]> _memory = new(options.MemoryBytes, tile => tile.Length + 200);
    private readonly string _folder = Path.Combine(
        options.CacheFolder,
        "tiles",
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(options.Store.Location + Drawing)))[..16]
    );

    // Drawing takes processors: as many at once as there are, others wait in order.
    private readonly SemaphoreSlim _drawing = new(Environment.ProcessorCount);
    private int _writes;

    /// <summary>The tile of a name, drawn where it is not kept; null where it cannot be.</summary>
    public async Task<byte[]?> GetAsync(string name, Func<Task<byte[]?>> draw, CancellationToken cancellationToken)
    {
        if (_memory.TryGet(name, out var kept))
        {
            return kept;
        }

        var path = Path.Combine(_folder, name);
        if (await ReadAsync(path, cancellationToken) is { } stored)
        {
            _memory.Add(name, stored);
            return stored;
        }

        await _drawing.WaitAsync(cancellationToken);
        try
        {
            if (_memory.TryGet(name, out kept))
            {
                return kept;
            }

            if (await draw() is not { } tile)
            {
                return null;
            }

            _memory.Add(name, tile);
            await WriteAsync(path, tile, cancellationToken);
            return tile;
        }
        finally
        {
            _drawing.Release();
        }
    }

    /// <summary>Deletes the oldest tiles on disk where there are too many.</summary>
    public void Sweep()
    {
        var folder = new DirectoryInfo(Path.Combine(options.CacheFolder, "tiles"));
        if (!folder.Exists)
        {
            return;
        }

        var files = folder.EnumerateFiles("*", SearchOption.AllDirectories).OrderByDescending(file => file.LastWriteTimeUtc).ToList();
        var bytes = 0L;
        foreach (var file in files)
        {
            bytes += file.Length;
            if (bytes > options.DiskBytes)
            {
                file.Delete();
            }
        }
    }

    public void Dispose() => _drawing.Dispose();

    private static async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // A disk that is full or read-only makes tiles slower, not wrong.
    private async Task WriteAsync(string path, byte[] tile, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(temporary, tile, cancellationToken);
            File.Move(temporary, path, overwrite: true);
            if (Interlocked.Increment(ref _writes) % WritesBetweenSweeps == 0)
            {
                Sweep();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            File.Delete(temporary);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
