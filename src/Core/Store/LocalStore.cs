using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Store;

// Why: docs/decisions/store-on-a-file-system.md
/// <summary>A store in a folder. An artifact is written under a temporary name and linked or renamed into place, so that
/// no reader sees half of one, and several processes may use the folder at once. A file without a byte, which a loss of power may
/// leave, counts as not there: no artifact is empty, for each carries its <see cref="Checksum"/>.</summary>
public sealed partial class LocalStore : IArtifactStore
{
    private const string TemporaryPrefix = ".writing-";
    private const string LockName = ".lock";

    private const int CreateAttempts = 100;
    private const int FoldersSideBySide = 64;

    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(30);

    private readonly string _root;
    private readonly ILogger _log;
    private readonly GroupFlush _flush;

    private LocalStore(string root, ILogger? log) =>
        (_root, _log, _flush) = (root, log ?? NullLogger.Instance, new GroupFlush(() => FileSystem.Flush(root)));

    /// <inheritdoc/>
    public string Location => _root;

    /// <summary>Opens the store in this folder, which is made where it is not there.</summary>
    /// <param name="folder">Any path.</param>
    /// <param name="write">True where the caller is going to write: then it is tried.</param>
    /// <param name="log">Told about files that are repaired.</param>
    /// <exception cref="StoreException">The folder cannot be made, read or, if asked for, written.</exception>
    public static LocalStore Open(string folder, bool write, ILogger? log = null)
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
        return new LocalStore(root, log);
    }

    /// <inheritdoc/>
    public Task<bool> TryAddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        AddAsync(name, (stream, token) => stream.WriteAsync(Checksum.Add(name, content.Span), token).AsTask(), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryAddAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        AddAsync(
            name,
            async (stream, token) =>
            {
                var content = new ChecksumStream(stream);
                await write(content, token).ConfigureAwait(false);
                await content.FinishAsync(token).ConfigureAwait(false);
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<string?> TryReplaceAsync(string name, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellationToken) =>
        GuardAsync(
            name,
            async () =>
            {
                var path = PathOf(name);
                CreateFolder(Path.GetDirectoryName(path)!);
                using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
                var present = IsThere(path) ? TagOf(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)) : null;
                if (present != tag)
                {
                    return null;
                }

                var stored = Checksum.Add(name, content.Span);
                var temporary = await WriteTemporaryAsync(
                        path,
                        (stream, token) => stream.WriteAsync(stored, token).AsTask(),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
                File.Move(temporary, path, overwrite: true);
                return TagOf(stored);
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
                    var path = PathOf(name);
                    var stored = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
                    return stored.Length == 0 ? null : new Artifact(Checksum.Remove(name, stored, path, out var had), TagOf(stored), had);
                }
                catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
                {
                    return null;
                }
            }
        );

    /// <inheritdoc/>
    public Task<Artifact?> ReadListedAsync(ArtifactEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return ReadAsync(entry.Name, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
        GuardAsync(
            name,
            async () =>
            {
                try
                {
                    var stored = new FileStream(
                        PathOf(name),
                        FileMode.Open,
                        FileAccess.Read,
                        FileShare.Read | FileShare.Delete,
                        1,
                        FileOptions.RandomAccess
                    );
                    if (stored.Length > 0)
                    {
                        return await ContentStream.OpenAsync(stored, cancellationToken).ConfigureAwait(false);
                    }

                    await stored.DisposeAsync().ConfigureAwait(false);
                    return null;
                }
                catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
                {
                    return (Stream?)null;
                }
            }
        );

    /// <inheritdoc/>
    public Task<Integrity> VerifyAsync(string name, CancellationToken cancellationToken) =>
        GuardAsync(
            name,
            async () =>
            {
                if (!IsThere(PathOf(name)))
                {
                    return Integrity.Missing;
                }

                var stored = new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 20);
                await using (stored.ConfigureAwait(false))
                {
                    return await Checksum.VerifyAsync(name, stored, cancellationToken).ConfigureAwait(false);
                }
            }
        );

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => Task.FromResult(IsThere(PathOf(name)));

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArtifactEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var entry in Walk(prefix[..(prefix.LastIndexOf('/') + 1)], prefix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListFoldersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var folders = Guard(_root, () => Directory.Exists(_root) ? Directory.GetDirectories(_root) : []);
        foreach (var name in folders.Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return name;
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

    /// <inheritdoc/>
    public Task<(int Count, long Bytes)> DeleteUnfinishedAsync(string prefix, TimeSpan unchangedFor, CancellationToken cancellationToken) =>
        GuardAsync(
            prefix,
            () =>
            {
                var (count, bytes) = (0, 0L);
                var folder = new DirectoryInfo(PathOf(prefix[..(prefix.LastIndexOf('/') + 1)]));
                foreach (var file in folder.Exists ? folder.EnumerateFiles(TemporaryPrefix + "*", SearchOption.AllDirectories) : [])
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (TimeProvider.System.GetUtcNow() - file.LastWriteTimeUtc >= unchangedFor)
                    {
                        (count, bytes) = (count + 1, bytes + file.Length);
                        DeleteFile(file.FullName);
                        DeleteEmpty(file.DirectoryName!);
                    }
                }

                return Task.FromResult((count, bytes));
            }
        );

    /// <inheritdoc/>
    public Task FlushAsync(CancellationToken cancellationToken) =>
        GuardAsync(
            _root,
            async () =>
            {
                await _flush.RunAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
                return true;
            }
        );

    // Names sort as whole paths, not folder by folder: "a-1/x" stands before "a/x". One folder of each level is in memory.
    private IEnumerable<ArtifactEntry> Walk(string folder, string prefix) => Walk(folder, Guard(folder, () => Inside(folder)), prefix);

    private IEnumerable<ArtifactEntry> Walk(string folder, List<(string Name, long Length)> entries, string prefix)
    {
        // Some folders are read side by side and ahead: a collection has one for each film, often on a disk that is far away.
        foreach (var some in entries.Chunk(FoldersSideBySide))
        {
            var insides = Insides(folder, some, prefix);
            foreach (var ((inside, length), entriesInside) in some.Zip(insides))
            {
                var name = folder + inside;
                if (entriesInside is not null)
                {
                    foreach (var entry in Walk(name, entriesInside, prefix))
                    {
                        yield return entry;
                    }
                }
                else if (
                    length > 0
                    && name.StartsWith(prefix, StringComparison.Ordinal)
                    && !inside.StartsWith(TemporaryPrefix, StringComparison.Ordinal)
                    && inside != LockName
                )
                {
                    yield return new ArtifactEntry(name, length);
                }
            }
        }
    }

    // What is in each of some entries that is a folder where the prefix may be; null for the others.
    private List<(string Name, long Length)>?[] Insides(string folder, (string Name, long Length)[] entries, string prefix)
    {
        var insides = new List<(string Name, long Length)>?[entries.Length];
        var folders = Enumerable
            .Range(0, entries.Length)
            .Where(at => entries[at].Name.EndsWith('/') && (folder + entries[at].Name).StartsWith(prefix, StringComparison.Ordinal))
            .ToList();
        if (folders.Count == 0)
        {
            return insides;
        }

        try
        {
            Parallel.ForEach(folders, at => insides[at] = Guard(folder, () => Inside(folder + entries[at].Name)));
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }

        return insides;
    }

    // Folders end with a slash.
    private List<(string Name, long Length)> Inside(string folder)
    {
        var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false };
        var inside = new List<(string Name, long Length)>();
        try
        {
            inside.AddRange(
                new FileSystemEnumerable<(string, long)>(
                    PathOf(folder),
                    (ref FileSystemEntry entry) =>
                        entry.IsDirectory ? ($"{entry.FileName}/", 0) : (entry.FileName.ToString(), entry.Length),
                    options
                )
            );
        }
        catch (DirectoryNotFoundException)
        {
            // Another process deleted the folder with its last artifact, or nothing was written into it yet.
        }

        inside.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return inside;
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
