using OrleansAtlas.Errors;

namespace OrleansAtlas.Store;

/// <summary>One of Core's seams: named artifacts, whole or not there at all. Names are relative paths with <c>/</c>,
/// of letters, digits, <c>.</c>, <c>-</c> and <c>_</c>. Every method throws <see cref="StoreException"/> where the store
/// itself does not work.</summary>
public interface IArtifactStore
{
    /// <summary>Where the store is, for messages: a folder or an address.</summary>
    string Location { get; }

    /// <summary>Writes an artifact unless it is there already. Its content follows from its name, so the first writer wins.</summary>
    /// <returns>False where it was there.</returns>
    Task<bool> TryAddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The same for an artifact that is written piece by piece, however long; not called where it is there already.</summary>
    /// <returns>False where it was there.</returns>
    Task<bool> TryAddAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>Replaces an artifact that others may change too, if it still has this tag; a null tag means that it must not exist
    /// yet.</summary>
    /// <returns>The new tag, or null where another writer was first: read again, merge, try again.</returns>
    Task<string?> TryReplaceAsync(string name, ReadOnlyMemory<byte> content, string? tag, CancellationToken cancellationToken);

    /// <summary>Reads an artifact whole; null where there is none.</summary>
    Task<Artifact?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Opens an artifact for reading from anywhere in it; null where there is none. The stream seeks.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Whether an artifact is there.</summary>
    Task<bool> ExistsAsync(string name, CancellationToken cancellationToken);

    /// <summary>All artifacts whose name starts with this, in ordinal order.</summary>
    IAsyncEnumerable<ArtifactEntry> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes an artifact; one that is not there is no error.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}

/// <summary>An artifact's bytes and the tag that changes with them.</summary>
public sealed record Artifact(byte[] Content, string Tag);

/// <summary>An artifact in a listing.</summary>
public sealed record ArtifactEntry(string Name, long Length);
