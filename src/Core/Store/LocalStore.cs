using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Store;

// Why: docs/decisions/store-on-a-file-system.md
/// <summary>A store in a folder. An artifact is written under a temporary name and linked or renamed into place, so that
/// no reader sees half of one, and several processes may use the folder at once.</summary>
public sealed class LocalStore : IArtifactStore
{
    private const string TemporaryPrefix = ".writing-";
    private const string LockName = ".lock";

    private const int CreateAttempts = 100;

    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(30);

    private readonly string _root;

    private LocalStore(string root) => _root = root;

    /// <inheritdoc/>
    public string Location => _root;

    /// <summary>Opens the store in this folder, which is made where it is not there.</summary>
    /// <param name="folder">Any path.</param>
    /// <param name="write">True where the caller is going to write: then it is tried.</param>
    /// <exception cref="StoreException">The folder cannot be made, read or, if asked for, written.</exception>
    public static LocalStore Open(string folder, bool write)
    {
        var root = Path.GetFullPath(folder);
        Guard(
            root,
            () =>
            {
                if (write)
                {
                    Directory.CreateDirectory(root);
                    var trial = Path.Combine(root, TemporaryPrefix + Guid.NewGuid().ToString("N"));
                    File.WriteAllBytes(trial, []);
                    File.Delete(trial);
                }

                return true;
            }
        );
        return new LocalStore(root);
    }

    /// <inheritdoc/>
    public Task<bool> TryAddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        TryAddAsync(name, (stream, token) => stream.WriteAsync(content, token).AsTask(), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryAddAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        GuardAsync(
            name,
            async () =>
            {
                var path = PathOf(name);
                if (File.Exists(path))
                {
                    return false;
                }

                var temporary = await WriteTemporaryAsync(path, write, cancellationToken).ConfigureAwait(false);
                try
                {
                    return AtomicRename.Try(temporary, path)
                        ?? await TryMoveLockedAsync(temporary, path, cancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    DeleteFile(temporary);
                }
            }
        );

    /// <inheritdoc/>
    public Task<string?> TryReplaceAsync(string name, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellationToken) =>
        GuardAsync(
            name,
            async () =>
            {
                var path = PathOf(name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
                var present = File.Exists(path) ? TagOf(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)) : null;
                if (present != tag)
                {
                    return null;
                }

                var temporary = await WriteTemporaryAsync(
                        path,
                        (stream, token) => stream.WriteAsync(content, token).AsTask(),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                File.Move(temporary, path, overwrite: true);
                return TagOf(content.Span);
            }
        );

    /// <inheritdoc/>
    public Task<Artifact?> ReadAsync(string name, CancellationToken cancellationToken) =>
        GuardAsync(
            name,
            async () =>
            {
                try
                {
                    var content = await File.ReadAllBytesAsync(PathOf(name), cancellationToken).ConfigureAwait(false);
                    return new Artifact(content, TagOf(content));
                }
                catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
                {
                    return null;
                }
            }
        );

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
        GuardAsync(
            name,
            () =>
            {
                try
                {
                    return Task.FromResult<Stream?>(
                        new FileStream(
                            PathOf(name),
                            FileMode.Open,
                            FileAccess.Read,
                            FileShare.Read | FileShare.Delete,
                            1,
                            FileOptions.RandomAccess
                        )
                    );
                }
                catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
                {
                    return Task.FromResult<Stream?>(null);
                }
            }
        );

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => Task.FromResult(File.Exists(PathOf(name)));

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArtifactEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var cut = prefix.LastIndexOf('/') + 1;
        var folder = new DirectoryInfo(PathOf(prefix[..cut]));
        if (!folder.Exists)
        {
            yield break;
        }

        // Names sort as whole paths, not folder by folder: "a-1/x" stands before "a/x".
        var entries = Guard(
            prefix,
            () =>
                folder
                    .EnumerateFiles("*", SearchOption.AllDirectories)
                    .Where(file => !file.Name.StartsWith(TemporaryPrefix, StringComparison.Ordinal) && file.Name != LockName)
                    .Select(file => new ArtifactEntry(
                        Path.GetRelativePath(_root, file.FullName).Replace(Path.DirectorySeparatorChar, '/'),
                        file.Length
                    ))
                    .Where(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal))
                    .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                    .ToList()
        );
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        GuardAsync(
            name,
            () =>
            {
                var path = PathOf(name);
                DeleteFile(path);
                DeleteEmpty(Path.GetDirectoryName(path)!);
                return Task.FromResult(true);
            }
        );

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

    // For file systems without hard links.
    private async Task<bool> TryMoveLockedAsync(string temporary, string path, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (File.Exists(path))
        {
            return false;
        }

        File.Move(temporary, path);
        return true;
    }

    // Another may delete the folder, empty until the file is there, at any moment.
    private static FileStream CreateTemporary(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(folder);
                return new FileStream(
                    Path.Combine(folder, TemporaryPrefix + Guid.NewGuid().ToString("N")),
                    FileMode.CreateNew,
                    FileAccess.Write,
                    FileShare.None,
                    1 << 16,
                    FileOptions.Asynchronous
                );
            }
            catch (IOException) when (attempt < CreateAttempts) { }
        }
    }

    private static async Task<string> WriteTemporaryAsync(
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

    private string PathOf(string name) => Path.Combine(_root, name);

    private static string TagOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content)[..8]);

    private static T Guard<T>(string what, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(Sentence(what, error), error);
        }
    }

    private async Task<T> GuardAsync<T>(string name, Func<Task<T>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(Sentence(PathOf(name), error), error);
        }
    }

    private static string Sentence(string place, Exception error) =>
        $"The store cannot use '{place}' ({error.Message.TrimEnd('.')}): give a folder that can be written with --store, or free "
        + "what is in the way.";
}
