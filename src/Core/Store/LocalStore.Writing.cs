using Microsoft.Extensions.Logging;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Store;

public sealed partial class LocalStore
{
    private Task<bool> AddAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        GuardAsync(
            name,
            async () =>
            {
                var path = PathOf(name);
                var empty = File.Exists(path);
                if (empty && IsThere(path))
                {
                    return false;
                }

                var temporary = await WriteTemporaryAsync(path, write, cancellationToken).ConfigureAwait(false);
                try
                {
                    if (!empty && AtomicRename.Try(temporary, path) is { } done)
                    {
                        return done;
                    }

                    var moved = await TryMoveLockedAsync(temporary, path, cancellationToken).ConfigureAwait(false);
                    if (empty && moved)
                    {
                        LogEmpty(_log, path);
                    }

                    return moved;
                }
                finally
                {
                    DeleteFile(temporary);
                }
            }
        );

    private static bool IsThere(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    // A store that was taken away meanwhile is not begun again in its place.
    private void CreateFolder(string folder)
    {
        if (!Directory.Exists(_root))
        {
            throw new StoreException($"The store '{_root}' is gone: it was moved, deleted or unmounted meanwhile; bring it back.");
        }

        Directory.CreateDirectory(folder);
    }

    private static void DeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Then the file is not there either.
        }
    }

    private void DeleteEmpty(string folder)
    {
        try
        {
            for (; folder.Length > _root.Length; folder = Path.GetDirectoryName(folder)!)
            {
                Directory.Delete(folder);
            }
        }
        catch (IOException)
        {
            // It is not empty, and stays; or another deleted it, and goes on with its parents.
        }
    }

    // For file systems without hard links, and for a name that a file without content has.
    private async Task<bool> TryMoveLockedAsync(string temporary, string path, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (IsThere(path))
        {
            return false;
        }

        File.Move(temporary, path, overwrite: true);
        return true;
    }

    // Another may delete the folder, empty until the file is there, at any moment.
    private FileStream CreateTemporary(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                CreateFolder(folder);
                return new FileStream(
                    Path.Combine(folder, TemporaryPrefix + Guid.NewGuid().ToString("N")),
                    FileMode.CreateNew,
                    FileAccess.Write,
                    FileShare.None,
                    1 << 16,
                    FileOptions.Asynchronous
                );
            }
            catch (IOException) when (attempt < CreateAttempts && Directory.Exists(_root)) { }
        }
    }

    private async Task<string> WriteTemporaryAsync(
        string path,
        Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken
    )
    {
        var stream = CreateTemporary(Path.GetDirectoryName(path)!);
        var temporary = stream.Name;
        var written = false;
        try
        {
            await using (stream.ConfigureAwait(false))
            {
                await write(stream, cancellationToken).ConfigureAwait(false);
            }

            written = true;
            return temporary;
        }
        finally
        {
            if (!written)
            {
                DeleteFile(temporary);
            }
        }
    }

    // One lock for the whole store: replacing is rare, and a lock file beside each artifact could never be deleted safely.
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += LockRetry)
        {
            try
            {
                return new FileStream(Path.Combine(_root, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < LockLimit)
            {
                await Task.Delay(LockRetry, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "'{Path}' was empty, as a loss of power leaves files, and was made again")]
    private static partial void LogEmpty(ILogger log, string path);
}
