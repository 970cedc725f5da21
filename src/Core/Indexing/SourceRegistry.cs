using Microsoft.Extensions.Logging;
using OrleansAtlas.Media;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>Turns files into films of a collection: content id, probe, record. A file whose length and time of change are
/// known is not read again.</summary>
internal sealed class SourceRegistry
{
    private readonly WorkContext _context;
    private readonly CollectionStore _collection;
    private readonly ILogger _log;
    private readonly Dictionary<string, KnownSource> _known;

    private SourceRegistry(WorkContext context, CollectionStore collection, Dictionary<string, KnownSource> known) =>
        (_context, _collection, _known, _log) = (context, collection, known, context.Logs.CreateLogger<SourceRegistry>());

    /// <summary>Reads what the store knows about files, in one listing.</summary>
    public static async Task<SourceRegistry> LoadAsync(WorkContext context, CollectionStore collection, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, KnownSource>(StringComparer.Ordinal);
        var displaced = new List<KnownSource>();
        var unusable = new List<(string Id, VideoSource Source)>();
        var listing = new SegmentListing(collection.Settings);
        await foreach (var record in collection.VideosAsync(listing, cancellationToken).ConfigureAwait(false))
        {
            var done = listing.TakeDone(record.Id);

            // A film that could not be probed is probed again: the reason may be gone.
            if (record.Info is null)
            {
                unusable.AddRange(record.Sources.Select(source => (record.Id, source)));
            }
            else
            {
                var film = KnownFilm.Of(record, done, collection.Settings.Sampling);
                foreach (var source in record.Sources)
                {
                    var one = new KnownSource(film, source);
                    if (known.TryGetValue(source.Path, out var other))
                    {
                        displaced.Add(film.Gone ? one : other);
                    }

                    known[source.Path] = film.Gone && other.Film is not null ? other : one;
                }
            }
        }

        return new SourceRegistry(context, collection, known) { Displaced = displaced, Unusable = unusable };
    }

    /// <summary>What was known of files before the run, by their paths.</summary>
    public IReadOnlyDictionary<string, KnownSource> Known => _known;

    /// <summary>Places of films that are gone, where another film was known to be.</summary>
    public IReadOnlyList<KnownSource> Displaced { get; private init; } = [];

    /// <summary>Places of what could not be probed.</summary>
    public IReadOnlyList<(string Id, VideoSource Source)> Unusable { get; private init; } = [];

    /// <summary>Whether a file is where one was known, and is not as it was.</summary>
    public bool IsOtherwise(SourceFile found) =>
        found.Problem is null
        && found.Ignored is null
        && _known.TryGetValue(found.Path, out var known)
        && (known.Source != SourceOf(found) || known.Film.Gone);

    /// <summary>Registers one file.</summary>
    /// <returns>The film's id, or why it is ignored or failed.</returns>
    public async Task<Registration> RegisterAsync(SourceFile found, CancellationToken cancellationToken)
    {
        if (found.Problem is { } problem)
        {
            return new Registration(null, problem, null);
        }

        if (found.Ignored is { } ignoredFile)
        {
            return new Registration(null, null, ignoredFile);
        }

        // What is empty elsewhere is told by the listing alone.
        if (found.Size == 0 && FilmAddress.IsAddress(found.Path))
        {
            return FilmFormats.IsNamedLikeFilm(found.Name)
                ? new Registration(null, $"{found.Name} is named like a film but is empty.", null)
                : new Registration(null, null, $"{found.Name} is empty.");
        }

        var source = SourceOf(found);
        var before = _known.TryGetValue(found.Path, out var known) ? known : default;
        if (before.Source == source && !before.Film.Gone)
        {
            return new Registration(before.Film.Id, null, null, before.Film);
        }

        string id;
        bool isMended;
        ProbeResult probe;
        var opened = found.Path;
        try
        {
            using var film = await _context.Films.OpenAsync(found.Path, cancellationToken).ConfigureAwait(false);
            opened = film.Path;
            using (_context.Ledger.Busy(Stage.List))
            {
                (id, isMended) = await IdentifyAsync(found.Path, film.Path, cancellationToken).ConfigureAwait(false);
            }

            probe = await ProbeAsync(id, film.Path, found.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Registration(
                null,
                $"'{found.Name}' cannot be read ({FailureText.Of(error, opened)}): check that it is there and may be read.",
                null
            );
        }

        if (probe is ProbeResult.Ignored ignored)
        {
            return new Registration(null, null, ignored.Reason);
        }

        if (before.Film is not null && before.Film.Id != id)
        {
            _log.LogContentChanged(_collection.Settings.Name, found.Name, before.Film.Id);
            await ForgetAsync(before.Film.Id, found.Path, cancellationToken).ConfigureAwait(false);
        }

        var failure = probe is ProbeResult.Failed failed ? FailureText.Without(failed.Reason, opened) : null;
        await _collection
            .UpdateVideoAsync(id, record => Merge(id, record, source, (probe as ProbeResult.Found)?.Info, failure), cancellationToken)
            .ConfigureAwait(false);
        return new Registration(id, failure, null) { IsMended = isMended };
    }

    /// <summary>Looks whether a file of a film that turned out to be damaged is another one than the damaged: then it is a film of its
    /// own.</summary>
    /// <param name="found">A file that was registered as the film.</param>
    /// <param name="id">The film.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What the file is; null where it is the damaged one, or there is one file alone.</returns>
    public async Task<Registration?> RegisterApartAsync(SourceFile found, string id, CancellationToken cancellationToken)
    {
        var record = await _collection.VideoAsync(id, cancellationToken).ConfigureAwait(false);
        if (record is not { Damage: not null, Sources.Count: > 1 })
        {
            return null;
        }

        var again = await RegisterAsync(found, cancellationToken).ConfigureAwait(false);
        return again.Id == id ? null : again;
    }

    private static VideoSource SourceOf(SourceFile found) =>
        new(found.Name, found.Path, found.Size, found.Modified.UtcDateTime) { Target = found.Target, Tag = found.Tag };

    private async Task<ProbeResult> ProbeAsync(string id, string path, string name, CancellationToken cancellationToken)
    {
        if (await _collection.VideoAsync(id, cancellationToken).ConfigureAwait(false) is { Info: { } info })
        {
            return new ProbeResult.Found(info);
        }

        _context.Ledger.Add(Stage.Probe, 1);
        using (_context.Ledger.Busy(Stage.Probe))
        {
            return await _context.Prober.ProbeAsync(path, cancellationToken, Path.GetFileName(name)).ConfigureAwait(false);
        }
    }

    /// <summary>The id is made from parts of a file, which damage elsewhere does not change: what has the id of a damaged film is compared
    /// whole. Where the damaged file is no more, its film is done anew; beside it, the other file is a film of its own.</summary>
    /// <param name="place">Where the file was found.</param>
    /// <param name="path">Where it is read.</param>
    /// <param name="cancellationToken">Stops.</param>
    private async Task<(string Id, bool IsMended)> IdentifyAsync(string place, string path, CancellationToken cancellationToken)
    {
        var id = await ContentId.ComputeAsync(path, cancellationToken).ConfigureAwait(false);
        if (await _collection.VideoAsync(id, cancellationToken).ConfigureAwait(false) is not { Damage: { } damage } record)
        {
            return (id, false);
        }

        var whole = await ContentId.WholeAsync(path, cancellationToken).ConfigureAwait(false);
        if (whole == damage.Sha256)
        {
            return (id, false);
        }

        var own = ContentId.OfWhole(whole);
        if (
            await _collection.VideoAsync(own, cancellationToken).ConfigureAwait(false) is null
            && !await IsElsewhereAsync(record, place, cancellationToken).ConfigureAwait(false)
        )
        {
            _log.LogFilmChanged(_collection.Settings.Name, id);
            await _collection.RemoveVideoAsync(id, cancellationToken).ConfigureAwait(false);
            return (id, true);
        }

        if (record.Sources.Any(source => source.Path == place))
        {
            await ForgetAsync(id, place, cancellationToken).ConfigureAwait(false);
        }

        return (own, false);
    }

    private async Task<bool> IsElsewhereAsync(VideoRecord record, string place, CancellationToken cancellationToken)
    {
        foreach (var source in record.Sources.Where(source => source.Path != place))
        {
            if (!await _context.Films.IsMissingAsync(source.Path, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    // The file has other content now, so the film it was has one name less. Without any it counts as gone until the run ends, for it may
    // be found at another place yet.
    private Task ForgetAsync(string id, string path, CancellationToken cancellationToken) =>
        _collection.UpdateVideoAsync(
            id,
            latest =>
                latest!.Sources.Where(source => source.Path != path).ToList() is { Count: > 0 } left
                    ? latest.At(left)
                    : latest with
                    {
                        Gone = true,
                    },
            cancellationToken
        );

    private static VideoRecord Merge(string id, VideoRecord? record, VideoSource source, VideoInfo? info, string? failure)
    {
        IReadOnlyList<VideoSource> sources =
        [
            .. (record is null or { Gone: true } ? [] : record.Sources)
                .Where(other => other.Path != source.Path)
                .Append(source)
                .OrderBy(other => other.Path, StringComparer.Ordinal),
        ];
        return new VideoRecord
        {
            Id = id,
            Sources = sources,
            Info = info ?? record?.Info,
            Damage = record?.At(sources).Damage,
            Failure =
                info is null ? failure
                : record?.Info is null ? null
                : record.Failure,
        };
    }
}
