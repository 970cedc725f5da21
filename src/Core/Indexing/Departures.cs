using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

// Why: docs/decisions/what-changed.md
/// <summary>Brings records up to date where files are not there any more: each is dropped from its film's record where the film is
/// somewhere else, and the film is marked as gone where it is nowhere.</summary>
/// <param name="collection">The collection.</param>
/// <param name="register">What was known of files before this run.</param>
/// <param name="looked">What was listed.</param>
internal sealed class Departures(CollectionStore collection, SourceRegistry register, SourceChanges looked)
{
    private readonly HashSet<string> _marked = new(StringComparer.Ordinal);

    /// <summary>Brings the records up to date where files are missing or were replaced.</summary>
    /// <param name="found">As for <see cref="SourceChanges.Found"/>.</param>
    /// <param name="moved">Names that films have left for others.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Places where nothing is now.</returns>
    public async Task<IReadOnlyList<FilmPlace>> LeaveAsync(
        IReadOnlyDictionary<string, string> found,
        IReadOnlyList<MovedFilm> moved,
        CancellationToken cancellationToken
    )
    {
        var there = found.Values.ToHashSet(StringComparer.Ordinal);
        var from = moved.Select(film => film.From.Path).ToHashSet(StringComparer.Ordinal);
        var replaced = looked.Replaced(found).ToHashSet();
        var gone = new List<FilmPlace>();
        var left = looked.Left(found).Where(one => !one.Film.Gone || there.Contains(one.Film.Id));
        foreach (var film in left.GroupBy(one => one.Film.Id, StringComparer.Ordinal))
        {
            await LeaveAsync(film.Key, [.. film], replaced, cancellationToken).ConfigureAwait(false);
            gone.AddRange(
                film.Where(one => !one.Film.Gone && !replaced.Contains(one))
                    .Where(one => !from.Contains(one.Source.Path))
                    .Select(one => looked.PlaceOf(one.Source, one.Film.Id))
            );
        }

        foreach (
            var film in register.Unusable.Where(film => IsOver(film.Id, film.Source)).GroupBy(film => film.Id, film => film.Source.Path)
        )
        {
            await DropAsync(film.Key, [.. film], cancellationToken).ConfigureAwait(false);
        }

        gone.Sort(FilmPlace.ByName);
        return gone;

        // What failed there is there no more, or is a film now.
        bool IsOver(string id, VideoSource source) => found.TryGetValue(source.Path, out var now) ? now != id : looked.IsMissing(source);
    }

    /// <summary>Films none of whose files is there any more and that are kept, and their frames, once records are up to date.</summary>
    /// <param name="found">As for <see cref="SourceChanges.Found"/>.</param>
    public GoneFilms Kept(IReadOnlyDictionary<string, string> found)
    {
        var there = found.Values.ToHashSet(StringComparer.Ordinal);
        var gone = register
            .Known.Values.Concat(register.Displaced)
            .Select(one => one.Film)
            .Where(film => _marked.Contains(film.Id) || (film.Gone && !there.Contains(film.Id)))
            .DistinctBy(film => film.Id, StringComparer.Ordinal)
            .ToList();
        return new GoneFilms(gone.Count, gone.Sum(film => (long)film.Receipt.Frames));
    }

    /// <summary>Deletes the films that are gone.</summary>
    /// <returns>The names they had, in ordinal order.</returns>
    public async Task<IReadOnlyList<string>> PruneAsync(CancellationToken cancellationToken)
    {
        var gone = await collection
            .VideosAsync(cancellationToken)
            .Where(record => record.Gone)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        foreach (var film in gone)
        {
            await collection.RemoveVideoAsync(film.Id, cancellationToken).ConfigureAwait(false);
        }

        return [.. gone.Select(film => film.Name).Order(StringComparer.Ordinal)];
    }

    private async Task LeaveAsync(
        string id,
        IReadOnlyList<KnownSource> left,
        HashSet<KnownSource> replaced,
        CancellationToken cancellationToken
    )
    {
        var record = await collection.VideoAsync(id, cancellationToken).ConfigureAwait(false);
        if (record is null)
        {
            return;
        }

        var paths = left.Select(one => one.Source.Path).ToHashSet(StringComparer.Ordinal);
        if (record.Gone && record.Sources.All(source => left.Any(one => one.Source.Path == source.Path && replaced.Contains(one))))
        {
            // Its last file was replaced, and it is nowhere else.
            await collection.RemoveVideoAsync(id, cancellationToken).ConfigureAwait(false);
            return;
        }

        record = await collection
            .UpdateVideoAsync(
                id,
                latest =>
                {
                    var others = latest!.Sources.Where(source => !paths.Contains(source.Path)).ToList();
                    return others.Count > 0 ? latest.At(others) : latest with { Gone = true };
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (record.Gone)
        {
            _marked.Add(id);
        }
    }

    private async Task DropAsync(string id, HashSet<string> paths, CancellationToken cancellationToken)
    {
        var record = await collection.VideoAsync(id, cancellationToken).ConfigureAwait(false);
        if (record is { Info: null } && record.Sources.All(source => paths.Contains(source.Path)))
        {
            await collection.RemoveVideoAsync(id, cancellationToken).ConfigureAwait(false);
        }
        else if (record is { Info: null })
        {
            await collection
                .UpdateVideoAsync(
                    id,
                    latest => latest! with { Sources = [.. latest.Sources.Where(source => !paths.Contains(source.Path))] },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }
}
