using OrleansAtlas.Errors;

namespace OrleansAtlas.Media;

/// <summary>One of Core's seams: films that are no files, with whatever identity opens them.</summary>
public interface IRemoteFilms
{
    /// <summary>Films under an address, in ordinal order of their names; one page of a listing after the other. Their paths are addresses
    /// without a secret, which this process, or another one with the same identity, can open.</summary>
    /// <exception cref="AtlasException">The place is not there, or does not let this process in; that it is empty is no error.</exception>
    IAsyncEnumerable<SourceFile> ListAsync(string address, CancellationToken cancellationToken);

    /// <summary>Opens a film.</summary>
    /// <exception cref="FileNotFoundException">Nothing is there.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    Task<RemoteFilm> OpenAsync(string address, CancellationToken cancellationToken);
}

/// <summary>A film elsewhere, as it was when it was opened, to be read by ranges from several places at once.</summary>
public abstract class RemoteFilm
{
    /// <summary>Bytes.</summary>
    public abstract long Length { get; }

    /// <summary>As in <see cref="SourceFile.Tag"/>: another one after every change; null where nobody says.</summary>
    public abstract string? Tag { get; }

    /// <summary>Reads some of it, which must be there.</summary>
    /// <exception cref="IOException">It cannot be read, or was changed meanwhile.</exception>
    public abstract Task ReadAsync(long offset, Memory<byte> bytes, CancellationToken cancellationToken);
}
