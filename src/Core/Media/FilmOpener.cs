using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Media;

/// <summary>Finds and opens films wherever they are.</summary>
/// <param name="remote">Films that are no files; null where there are none.</param>
/// <param name="logs">Told what fails while a film is read.</param>
public sealed class FilmOpener(IRemoteFilms? remote = null, ILoggerFactory? logs = null)
{
    // Photos are read whole by the picture library, so they are copied for as long as they are open.
    private const long LargestPhoto = 1L << 30;

    private readonly ILogger _log = logs?.CreateLogger<FilmOpener>() ?? NullLogger<FilmOpener>.Instance;

    /// <summary>Films under paths and addresses, the paths' first.</summary>
    /// <param name="paths">Any.</param>
    /// <param name="links">As for <see cref="SourceFinder.Find"/>.</param>
    /// <param name="empty">Receives those of them under which nothing is.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="NotFoundException">One is not there; thrown when it is reached.</exception>
    public async IAsyncEnumerable<SourceFile> FindAsync(
        IReadOnlyList<string> paths,
        string? links,
        ICollection<string> empty,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(empty);
        var folders = paths.Where(path => !FilmAddress.IsAddress(path)).ToList();
        var isEmpty = folders.Count > 0;
        foreach (var file in SourceFinder.Find(folders, links, cancellationToken))
        {
            isEmpty = false;
            yield return file;
        }

        if (isEmpty)
        {
            folders.ForEach(empty.Add);
        }

        foreach (var address in paths.Where(FilmAddress.IsAddress))
        {
            var found = false;
            await foreach (var film in Remote(address).ListAsync(address, cancellationToken).ConfigureAwait(false))
            {
                found = true;
                yield return film with
                {
                    Name = PlainText.Escape(film.Name),
                };
            }

            if (!found)
            {
                empty.Add(address);
            }
        }
    }

    /// <summary>Whether a film may be opened: what is elsewhere is not asked.</summary>
    public bool IsThere(string path) => FilmAddress.IsAddress(path) ? remote is not null : FileIdentity.IsFile(path);

    /// <summary>Whether nothing is at a place any more; false where that cannot be told.</summary>
    public async Task<bool> IsMissingAsync(string path, CancellationToken cancellationToken)
    {
        if (!FilmAddress.IsAddress(path))
        {
            return !Path.Exists(path);
        }

        try
        {
            _ = await OpenElsewhereAsync(path, cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Opens a film for this process and its children.</summary>
    /// <param name="path">A path, or an address.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<OpenFilm> OpenAsync(string path, CancellationToken cancellationToken)
    {
        if (!FilmAddress.IsAddress(path))
        {
            return new OpenFilm(path, null);
        }

        var film = await OpenElsewhereAsync(path, cancellationToken).ConfigureAwait(false);
        var name = FilmAddress.NameOf(path);
        var head = new byte[(int)Math.Min(PictureSniffer.Length, film.Length)];
        await film.ReadAsync(0, head, cancellationToken).ConfigureAwait(false);
        var isPhoto =
            film.Length <= LargestPhoto
            && !FilmFormats.IsNamedLikeFilm(name)
            && (PictureSniffer.Kind(head) is not null || PictureSniffer.FfmpegFormat(head) is not null);
        if (isPhoto)
        {
            return await CopyAsync(film, name, cancellationToken).ConfigureAwait(false);
        }

        return Lend(film, path);
    }

    /// <summary>Opens a film that is no file for this process alone.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal Task<RemoteFilm> OpenElsewhereAsync(string address, CancellationToken cancellationToken) =>
        Remote(address).OpenAsync(address, cancellationToken);

    /// <summary>Lends a film that is open to children of this process.</summary>
    /// <param name="film">The film.</param>
    /// <param name="address">Where it is, which the children do not see.</param>
    internal OpenFilm Lend(RemoteFilm film, string address)
    {
        var lent = RangeProxy.Lend(film, FilmAddress.NameOf(address), _log);
        return new OpenFilm(lent, () => RangeProxy.Return(lent));
    }

    private IRemoteFilms Remote(string address) =>
        FilmAddress.Problem(address) is { } problem
            ? throw new AtlasException(problem)
            : remote
                ?? throw new NotFoundException($"'{FilmAddress.Plain(address)}' is an address; this program reads films from files only.");

    private static async Task<OpenFilm> CopyAsync(RemoteFilm film, string name, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("atlas-photo-").FullName;
        var opened = new OpenFilm(Path.Combine(folder, Path.GetFileName(name)), () => Directory.Delete(folder, recursive: true));
        var done = false;
        try
        {
            var file = File.Create(opened.Path);
            await using (file.ConfigureAwait(false))
            {
                await new RemoteStream(film).CopyToAsync(file, 4 << 20, cancellationToken).ConfigureAwait(false);
            }

            done = true;
            return opened;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException(FailureText.Of(error, opened.Path), error);
        }
        finally
        {
            if (!done)
            {
                opened.Dispose();
            }
        }
    }
}
