using OrleansAtlas.Media;

namespace OrleansAtlas.Store;

// Why: docs/decisions/serving-films.md
/// <summary>A film that is open as it was indexed: its file, or what is at its address, of the same length and tag.</summary>
public sealed class IndexedFilm : IDisposable
{
    // A browser reads on and on: fewer and larger ranges.
    private const int ReadAhead = 512 << 10;

    private readonly Func<Stream> _open;
    private readonly Action _close;

    private IndexedFilm(string path, DateTime modified, Func<Stream> open, Action close) =>
        (Path, Modified, _open, _close) = (path, modified, open, close);

    /// <summary>By which ffmpeg and ffprobe, started by this process, read this same film while it is open here: see
    /// <see cref="FilmInput"/>.</summary>
    public string Path { get; }

    /// <summary>Time of its last change, UTC.</summary>
    public DateTime Modified { get; }

    /// <summary>Opens the first of a film's sources that is as it was indexed.</summary>
    /// <param name="film">The film.</param>
    /// <param name="films">Opens what is no file; null where nothing here does.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The film, to be closed by the caller; else why it is not served, one sentence, or null where nothing stands in its
    /// place.</returns>
    public static async Task<(IndexedFilm? Film, string? Problem)> OpenAsync(
        VideoRecord film,
        FilmOpener? films,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(film);
        string? problem = null;
        foreach (var source in film.Sources)
        {
            var (opened, reason) = FilmAddress.IsAddress(source.Path)
                ? await ElsewhereAsync(source, films, cancellationToken).ConfigureAwait(false)
                : OfFile(source);
            if (opened is not null)
            {
                return (opened, null);
            }

            problem ??= reason;
        }

        return (null, problem);
    }

    /// <summary>Opens it for reading from anywhere in it; the stream ends with this, and is not disposed of by itself.</summary>
    public Stream OpenRead() => _open();

    /// <summary>Closes it.</summary>
    public void Dispose() => _close();

    private static (IndexedFilm? Film, string? Problem) OfFile(VideoSource source)
    {
        var (file, reason) = IndexedFile.Open(source);
        return file is null
            ? (null, reason is null ? null : Other(source, reason))
            : (
                new IndexedFilm(file.Path, file.Modified, () => new FileStream(file.Handle, FileAccess.Read, bufferSize: 0), file.Dispose),
                null
            );
    }

    private static async Task<(IndexedFilm? Film, string? Problem)> ElsewhereAsync(
        VideoSource source,
        FilmOpener? films,
        CancellationToken cancellationToken
    )
    {
        if (films is null)
        {
            return (null, $"'{source.Name}' is no file, and what is elsewhere is read only where ffmpeg is; install it.");
        }

        try
        {
            var film = await films.OpenElsewhereAsync(source.Path, cancellationToken).ConfigureAwait(false);
            if (film.Length != source.Length || film.Tag != source.Tag)
            {
                return (null, Other(source, "it was changed since"));
            }

            var lent = films.Lend(film, source.Path);
            return (
                new IndexedFilm(lent.Path, source.Modified, () => new BufferedStream(new RemoteStream(film), ReadAhead), lent.Dispose),
                null
            );
        }
        catch (IOException error)
        {
            return (null, $"'{source.Name}' cannot be read: {error.Message.TrimEnd('.')}.");
        }
    }

    private static string Other(VideoSource source, string reason) =>
        $"What is at '{source.Name}' is not what was indexed: {reason}. Bring the film back, or index it again with: atlas index";
}
