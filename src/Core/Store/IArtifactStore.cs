using OrleansAtlas.Errors;

namespace OrleansAtlas.Store;

/// <summary>One of Core's seams: named artifacts, whole or not there at all. Names are relative paths with <c>/</c>,
/// of letters, digits, <c>.</c>, <c>-</c> and <c>_</c>. Every artifact is kept with its <see cref="Checksum"/>, which is looked at
/// wherever one is read whole. Every method throws <see cref="StoreException"/> where the store itself does not work.</summary>
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

    /// <summary>Reads an artifact whole as it was when it was listed, or later; null where there is none. May cost nothing where it was
    /// read on this machine before.</summary>
    Task<Artifact?> ReadListedAsync(ArtifactEntry entry, CancellationToken cancellationToken);

    /// <summary>Opens an artifact for reading from anywhere in it; null where there is none. The stream seeks.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Reads an artifact against its checksum, a piece at a time.</summary>
    Task<Integrity> VerifyAsync(string name, CancellationToken cancellationToken);

    /// <summary>Whether an artifact is there.</summary>
    Task<bool> ExistsAsync(string name, CancellationToken cancellationToken);

    /// <summary>All artifacts whose name starts with this, in ordinal order.</summary>
    IAsyncEnumerable<ArtifactEntry> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>First parts of the names of all artifacts whose name has several, in ordinal order; some may hold none any more.</summary>
    IAsyncEnumerable<string> ListFoldersAsync(CancellationToken cancellationToken);

    /// <summary>Deletes an artifact; one that is not there is no error.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes what writers that were broken off left under a prefix.</summary>
    /// <param name="prefix">As for <see cref="ListAsync"/>.</param>
    /// <param name="unchangedFor">Only what nobody wrote to for this long.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>How many there were, and their bytes.</returns>
    Task<(int Count, long Bytes)> DeleteUnfinishedAsync(string prefix, TimeSpan unchangedFor, CancellationToken cancellationToken);

    /// <summary>Ends when all that was written here before survives a loss of power. Many calls at once cost little more than
    /// one.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
