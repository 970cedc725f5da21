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
        var listing = new SegmentListing(collection.Settings);
        await foreach (var record in collection.VideosAsync(listing, cancellationToken).ConfigureAwait(false))
        {
            var done = listing.TakeDone(record.Id);

            // A film that could not be probed is probed again: the reason may be gone.
            if (record.Info is not null)
            {
                var film = KnownFilm.Of(record, done, collection.Settings.Sampling);
                foreach (var source in record.Sources)
                {
                    known[source.Path] = new KnownSource(film, source);
                }
            }
        }

        return new SourceRegistry(context, collection, known);
    }

    /// <summary>What was known of files before the run, by their paths.</summary>
    public IReadOnlyDictionary<string, KnownSource> Known => _known;

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

        var source = new VideoSource(found.Name, found.Path, found.Size, found.Modified.UtcDateTime)
        {
            Target = found.Target,
            Tag = found.Tag,
        };
        var before = _known.TryGetValue(found.Path, out var known) ? known : default;
        if (before.Source == source && !before.Film.Gone)
        {
            return new Registration(before.Film.Id, null, null, before.Film);
        }

        string id;
        ProbeResult probe;
        try
        {
            using var film = await _context.Films.OpenAsync(found.Path, cancellationToken).ConfigureAwait(false);
            using (_context.Ledger.Busy(Stage.List))
            {
                id = await ContentId.ComputeAsync(film.Path, cancellationToken).ConfigureAwait(false);
            }

            await ForgetRepairedAsync(id, film.Path, cancellationToken).ConfigureAwait(false);
            probe = await ProbeAsync(id, film.Path, found.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Registration(
                null,
                $"'{found.Name}' cannot be read ({error.Message.TrimEnd('.')}): check that it is there and may be read.",
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

        var failure = (probe as ProbeResult.Failed)?.Reason;
        await _collection
            .UpdateVideoAsync(id, record => Merge(id, record, source, (probe as ProbeResult.Found)?.Info, failure), cancellationToken)
            .ConfigureAwait(false);
        return new Registration(failure is null ? id : null, failure, null);
    }

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

    /// <summary>The id is made from parts of a file, which a repair elsewhere does not change: a film that was damaged is compared
    /// whole.</summary>
    private async Task ForgetRepairedAsync(string id, string path, CancellationToken cancellationToken)
    {
        if (
            await _collection.VideoAsync(id, cancellationToken).ConfigureAwait(false) is { Damage: { } damage }
            && await ContentId.WholeAsync(path, cancellationToken).ConfigureAwait(false) != damage.Sha256
        )
        {
            _log.LogFilmChanged(_collection.Settings.Name, id);
            await _collection.RemoveVideoAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }

    // The file has other content now, so the film it was has one name less; without any, it is gone.
    private async Task ForgetAsync(string id, string path, CancellationToken cancellationToken)
    {
        var record = await _collection
            .UpdateVideoAsync(
                id,
                latest => latest! with { Sources = [.. latest.Sources.Where(source => source.Path != path)] },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (record.Sources.Count == 0)
        {
            await _collection.RemoveVideoAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }

    private static VideoRecord Merge(string id, VideoRecord? record, VideoSource source, VideoInfo? info, string? failure) =>
        new()
        {
            Id = id,
            Sources =
            [
                .. (record?.Sources ?? [])
                    .Where(other => other.Path != source.Path)
                    .Append(source)
                    .OrderBy(other => other.Path, StringComparer.Ordinal),
            ],
            Info = info ?? record?.Info,
            Damage = record?.Damage,
            Failure =
                info is null ? failure
                : record?.Info is null ? null
                : record.Failure,
        };
}
