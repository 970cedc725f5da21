using System.Runtime.CompilerServices;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Media;

/// <summary>Finds and opens films wherever they are.</summary>
/// <param name="remote">Films that are no files; null where there are none.</param>
public sealed class FilmOpener(IRemoteFilms? remote = null)
{
    // Photos are read whole by the picture library, so they are copied for as long as they are open.
    private const long LargestPhoto = 1L << 30;

    /// <summary>Films under paths and addresses, the paths' first.</summary>
    /// <param name="paths">Any.</param>
    /// <param name="links">As for <see cref="SourceFinder.Find"/>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="NotFoundException">One is not there; thrown when it is reached.</exception>
    public async IAsyncEnumerable<SourceFile> FindAsync(
        IReadOnlyList<string> paths,
        string? links,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var file in SourceFinder.Find(paths.Where(path => !FilmAddress.IsAddress(path)), links, cancellationToken))
        {
            yield return file;
        }

        foreach (var address in paths.Where(FilmAddress.IsAddress))
        {
            await foreach (var film in Remote(address).ListAsync(address, cancellationToken).ConfigureAwait(false))
            {
                yield return film with
                {
                    Name = PlainText.Escape(film.Name),
                };
            }
        }
    }

    /// <summary>Whether a film may be opened: what is elsewhere is not asked.</summary>
    public bool IsThere(string path) => FilmAddress.IsAddress(path) ? remote is not null : FileIdentity.IsFile(path);

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

        var film = await Remote(path).OpenAsync(path, cancellationToken).ConfigureAwait(false);
        var name = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
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

        var address = RangeProxy.Lend(film, name);
        return new OpenFilm(address, () => RangeProxy.Return(address));
    }

    private IRemoteFilms Remote(string address) =>
        remote ?? throw new NotFoundException($"'{FilmAddress.Plain(address)}' is an address; this program reads films from files only.");

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
        finally
        {
            if (!done)
            {
                opened.Dispose();
            }
        }
    }
}
