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
    private readonly FilmRecognition _recognition;
    private readonly Dictionary<string, KnownSource> _known;
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 16).Select(_ => new SemaphoreSlim(1))];

    private SourceRegistry(
        WorkContext context,
        CollectionStore collection,
        Dictionary<string, KnownSource> known,
        IEnumerable<string> twins
    ) =>
        (_context, _collection, _known, _log, _recognition) = (
            context,
            collection,
            known,
            context.Logs.CreateLogger<SourceRegistry>(),
            new FilmRecognition(context, collection, twins)
        );

    /// <summary>Reads what the store knows about files, in one listing.</summary>
    public static async Task<SourceRegistry> LoadAsync(WorkContext context, CollectionStore collection, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, KnownSource>(StringComparer.Ordinal);
        var displaced = new List<KnownSource>();
        var unusable = new List<(string Id, VideoSource Source)>();
        var twins = new List<string>();
        var listing = new SegmentListing(collection.Settings);
        await foreach (var record in collection.VideosAsync(listing, cancellationToken).ConfigureAwait(false))
        {
            var done = listing.TakeDone(record.Id);
            if (record.PartsId is { } parts)
            {
                twins.Add(parts);
            }

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

        return new SourceRegistry(context, collection, known, twins) { Displaced = displaced, Unusable = unusable };
    }

    /// <summary>What this run found; a place where a film was known may hold another one now.</summary>
    public void Listed(IReadOnlyList<SourceFile> files) =>
        _recognition.IsAsKnown = new Lazy<Func<VideoSource, bool>>(() =>
        {
            var found = files.Where(file => file.Size >= ContentId.InParts).DistinctBy(file => file.Path).ToDictionary(file => file.Path);
            return source => !found.TryGetValue(source.Path, out var file) || SourceOf(file) == source with { Name = file.Name };
        });

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
        && !IsAsKnown(known, SourceOf(found));

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
        if (IsAsKnown(before, source))
        {
            var film = before.Film;
            if (before.Source.Name != source.Name)
            {
                var record = await RenameAsync(film.Id, source, cancellationToken).ConfigureAwait(false);
                film = film with { Receipt = film.Receipt with { Name = record.Name, Damage = record.Damage?.Reason } };
            }

            return new Registration(film.Id, null, null, film);
        }

        var opened = found.Path;
        try
        {
            using var content = await _context.Films.OpenAsync(found.Path, cancellationToken).ConfigureAwait(false);
            opened = content.Path;
            var file = new FoundFile(found, source, opened);
            using (_context.Ledger.Busy(Stage.List))
            {
                file = file with { Id = await ContentId.ComputeAsync(opened, cancellationToken).ConfigureAwait(false) };
            }

            // What may be the same as another file that is just being registered waits until it is known what that one is.
            var turn = found.Size >= ContentId.InParts ? _turns[file.Id[0] % _turns.Length] : null;
            await (turn?.WaitAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            try
            {
                return await RegisterAsync(file, before, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                turn?.Release();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Registration(
                null,
                $"'{found.Name}' cannot be read ({FailureText.Of(error, opened)}): check that it is there and may be read.",
                null
            );
        }
    }

    private async Task<Registration> RegisterAsync(FoundFile file, KnownSource before, CancellationToken cancellationToken)
    {
        var (found, path) = (file.Found, file.Opened);
        var (id, isMended, isCompared) = await _recognition.RecogniseAsync(file, cancellationToken).ConfigureAwait(false);
        var probe = await ProbeAsync(id, path, found.Name, cancellationToken).ConfigureAwait(false);
        if (probe is ProbeResult.Ignored ignored)
        {
            return new Registration(null, null, ignored.Reason);
        }

        if (before.Film is not null && before.Film.Id != id)
        {
            _log.LogContentChanged(_collection.Settings.Name, found.Name, before.Film.Id);
            await ForgetAsync(before.Film.Id, found.Path, cancellationToken).ConfigureAwait(false);
        }

        var failure = probe is ProbeResult.Failed failed ? FailureText.Without(failed.Reason, path) : null;
        var info = (probe as ProbeResult.Found)?.Info;
        var film = await _collection
            .UpdateVideoAsync(
                id,
                record => Merge(id, record, file.Source, info, failure, id == file.Id ? null : file.Id),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!isCompared && found.Size >= ContentId.InParts && film.Sources.Count > 1)
        {
            // Another process has just registered another file with this id.
            (id, _, _) = await _recognition.RecogniseAsync(file, cancellationToken).ConfigureAwait(false);
            if (id != film.Id)
            {
                await ForgetAsync(film.Id, found.Path, cancellationToken).ConfigureAwait(false);
                await _collection
                    .UpdateVideoAsync(
                        id,
                        record => Merge(id, record, file.Source, info, failure, id == file.Id ? null : file.Id),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }
        }

        return new Registration(id, failure, null) { IsMended = isMended };
    }

    // The same file may be called otherwise: a folder above it was given this time.
    private static bool IsAsKnown(KnownSource known, VideoSource source) =>
        known.Film is { Gone: false } && known.Source with { Name = source.Name } == source;

    private Task<VideoRecord> RenameAsync(string id, VideoSource source, CancellationToken cancellationToken) =>
        _collection.UpdateVideoAsync(
            id,
            latest => latest!.At([.. latest.Sources.Select(other => other.Path == source.Path ? source : other)]),
            cancellationToken
        );

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

    private static VideoRecord Merge(string id, VideoRecord? record, VideoSource source, VideoInfo? info, string? failure, string? partsId)
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
            PartsId = partsId ?? record?.PartsId,
            Failure =
                info is null ? failure
                : record?.Info is null ? null
                : record.Failure,
        };
    }
}
