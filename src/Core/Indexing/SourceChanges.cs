using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

// Why: docs/decisions/what-changed.md
/// <summary>Compares what was listed with what was known: a file that is not there any more is dropped from its film's record where the
/// film is somewhere else, and the film is marked as gone where it is nowhere.</summary>
/// <param name="collection">The collection.</param>
/// <param name="known">What was known of files before this run, by their paths.</param>
/// <param name="isMine">Whether files of a name are listed by this process.</param>
internal sealed class SourceChanges(CollectionStore collection, IReadOnlyDictionary<string, KnownSource> known, Func<string, bool> isMine)
{
    /// <summary>What is otherwise than it was known, apart from what is gone.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="listed">What was found.</param>
    /// <param name="films">The film of each path that is one and is not as it was known.</param>
    public IndexChanges Found(IndexRequest request, IReadOnlyList<SourceFile> listed, IReadOnlyDictionary<string, string> films)
    {
        if (films.Count == 0)
        {
            return new IndexChanges();
        }

        var missing = Missing(request, listed).ToLookup(one => one.Film.Id, StringComparer.Ordinal);
        var knownIds = known.Values.Select(one => one.Film.Id).ToHashSet(StringComparer.Ordinal);
        var (added, changed, copied) = (new List<string>(), new List<string>(), new List<string>());
        var moved = new List<MovedFilm>();
        foreach (var file in listed.Where(file => films.ContainsKey(file.Path)))
        {
            var id = films[file.Path];
            if (known.TryGetValue(file.Path, out var before))
            {
                if (before.Film.Id != id)
                {
                    changed.Add(file.Name);
                }
            }
            else if (!knownIds.Contains(id))
            {
                added.Add(file.Name);
            }
            else if (missing[id].FirstOrDefault().Source is { } left)
            {
                moved.Add(new MovedFilm(left.Name, file.Name));
            }
            else
            {
                copied.Add(file.Name);
            }
        }

        return new IndexChanges
        {
            New = [.. added.Order(StringComparer.Ordinal)],
            Changed = [.. changed.Order(StringComparer.Ordinal)],
            Moved = [.. moved.OrderBy(film => film.To, StringComparer.Ordinal)],
            Copied = [.. copied.Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>Brings the records up to date where files are missing.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="listed">What was found.</param>
    /// <param name="films">As for <see cref="Found"/>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>Films that are gone now, in ordinal order of their names.</returns>
    public async Task<IReadOnlyList<string>> LeaveAsync(
        IndexRequest request,
        IReadOnlyList<SourceFile> listed,
        IReadOnlyDictionary<string, string> films,
        CancellationToken cancellationToken
    )
    {
        var there = films.Values.ToHashSet(StringComparer.Ordinal);
        var gone = new List<string>();
        var missing = Missing(request, listed).Where(one => !one.Film.Gone || there.Contains(one.Film.Id));
        foreach (var film in missing.GroupBy(one => one.Film.Id, StringComparer.Ordinal))
        {
            var paths = film.Select(one => one.Source.Path).ToHashSet(StringComparer.Ordinal);
            var record = await LeaveAsync(film.Key, paths, cancellationToken).ConfigureAwait(false);
            if (record is { Gone: true } && !there.Contains(film.Key) && !film.First().Film.Gone)
            {
                gone.Add(record.Name);
            }
        }

        gone.Sort(StringComparer.Ordinal);
        return gone;
    }

    /// <summary>Deletes the films that are gone.</summary>
    public async Task PruneAsync(CancellationToken cancellationToken)
    {
        var gone = await collection
            .VideosAsync(cancellationToken)
            .Where(record => record.Gone)
            .Select(record => record.Id)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        foreach (var id in gone)
        {
            await collection.RemoveVideoAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<VideoRecord?> LeaveAsync(string id, HashSet<string> paths, CancellationToken cancellationToken)
    {
        // A film whose last file was replaced has been removed with it.
        if (await collection.VideoAsync(id, cancellationToken).ConfigureAwait(false) is null)
        {
            return null;
        }

        return await collection
            .UpdateVideoAsync(
                id,
                latest =>
                {
                    var left = latest!.Sources.Where(source => !paths.Contains(source.Path)).ToList();
                    return left.Count > 0 ? latest with { Sources = left } : latest with { Gone = true };
                },
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    // Only what lies under what was listed can be missing, and not what lies in a folder that could not be.
    private IEnumerable<KnownSource> Missing(IndexRequest request, IReadOnlyList<SourceFile> listed)
    {
        var roots = request.Paths.Select(RootOf).ToHashSet(StringComparer.Ordinal);
        var closed = listed
            .Where(file => file.Problem is not null || file.Ignored is not null)
            .Select(file => file.Path)
            .ToHashSet(StringComparer.Ordinal);
        var seen = listed.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return known.Values.Where(one =>
            !seen.Contains(one.Source.Path)
            && isMine(one.Source.Name)
            && IsUnder(one.Source.Path, roots)
            && !IsUnder(one.Source.Path, closed)
        );
    }

    /// <summary>Those of some places under which something was known.</summary>
    public IReadOnlyList<string> KnownAmong(IReadOnlyCollection<string> places)
    {
        var roots = places.Select(RootOf).ToHashSet(StringComparer.Ordinal);
        var found = roots.Count == 0 ? [] : known.Keys.SelectMany(path => RootsAbove(path, roots)).ToHashSet(StringComparer.Ordinal);
        return [.. places.Where(place => found.Contains(RootOf(place)))];
    }

    private static string RootOf(string path) =>
        (FilmAddress.IsAddress(path) ? FilmAddress.Plain(path) : Path.GetFullPath(path)).TrimEnd('/');

    private static bool IsUnder(string path, HashSet<string> roots) => roots.Count > 0 && RootsAbove(path, roots).Any();

    private static IEnumerable<string> RootsAbove(string path, HashSet<string> roots)
    {
        var lookup = roots.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var end = path.Length; end >= 0; end = end > 0 ? path.LastIndexOf('/', end - 1) : -1)
        {
            if (lookup.TryGetValue(path.AsSpan(0, end), out var root))
            {
                yield return root;
            }
        }
    }
}
