using System.Collections.Concurrent;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

// Why: docs/decisions/what-changed.md
/// <summary>Compares what was listed with what was known: what is new, changed, moved, copied.</summary>
/// <param name="collection">The collection.</param>
/// <param name="films">Tells whether a film is still where it was, outside of what was listed.</param>
/// <param name="request">What was asked for.</param>
/// <param name="listed">What was found.</param>
/// <param name="register">What was known of files before this run.</param>
/// <param name="isMine">Whether files of a name are listed by this process.</param>
internal sealed class SourceChanges(
    CollectionStore collection,
    FilmOpener films,
    IndexRequest request,
    IReadOnlyList<SourceFile> listed,
    SourceRegistry register,
    Func<string, bool> isMine
)
{
    private readonly Lazy<ILookup<string, KnownSource>> _knownById = new(() =>
        register.Known.Values.Concat(register.Displaced).ToLookup(one => one.Film.Id, StringComparer.Ordinal)
    );
    private readonly Places _roots = new(request.Paths);
    private readonly Lazy<Func<VideoSource, bool>> _isMissing = new(() => Missing(new Places(request.Paths), listed, isMine));
    private readonly Lazy<HashSet<string>> _shared = new(() => SharedNames(listed, register));
    private List<KnownSource>? _missing;
    private Task<FilmArrivals>? _arrivals;

    // Known places outside of what was listed, of films that were found at a new one: whether nothing is there any more.
    private readonly ConcurrentDictionary<string, bool> _leftElsewhere = new(StringComparer.Ordinal);

    /// <summary>Looks where else a known film that was found at a new place still is: one that is not is moved, not copied, also out of a
    /// folder that nobody listed.</summary>
    /// <param name="path">Where it was found.</param>
    /// <param name="id">The film.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task LookForAsync(string path, string id, CancellationToken cancellationToken)
    {
        if (register.Known.TryGetValue(path, out var before) && before.Film.Id == id)
        {
            return;
        }

        foreach (var one in _knownById.Value[id])
        {
            var place = one.Source.Path;
            if (!_roots.IsAbove(place) && !_leftElsewhere.ContainsKey(place))
            {
                _leftElsewhere[place] = await films.IsMissingAsync(place, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether a run has told that a film came, to any place where it was known.</summary>
    public async Task<bool> IsToldAsync(string id, CancellationToken cancellationToken) =>
        (await ArrivalsAsync(cancellationToken).ConfigureAwait(false)).Tell(_knownById.Value[id].Select(one => one.Source));

    /// <summary>Whether a run has told that a film came to a place where it was known.</summary>
    public async Task<bool> IsToldAtAsync(string path, CancellationToken cancellationToken) =>
        (await ArrivalsAsync(cancellationToken).ConfigureAwait(false)).Tell([register.Known[path].Source]);

    /// <summary>Whether a film was known before this run, and then without all of its frames.</summary>
    public async Task<bool> WasBegunAsync(string id, CancellationToken cancellationToken) =>
        _knownById.Value[id].FirstOrDefault().Film is { } film
        && film.Segments
            != (film.Planned ?? (await collection.PlanAsync(id, cancellationToken).ConfigureAwait(false))?.Segments ?? film.Segments);

    private async Task<FilmArrivals> ArrivalsAsync(CancellationToken cancellationToken) =>
        await LazyInitializer
            .EnsureInitialized(ref _arrivals, () => FilmArrivals.ReadAsync(collection, cancellationToken))
            .ConfigureAwait(false);

    /// <summary>What is otherwise than it was known, apart from what is gone and what failed.</summary>
    /// <param name="found">The film of each path that is one and is not as it was known.</param>
    /// <param name="ended">How what lies at a path ended: a film that has not is not told of as new or changed, for it may fail.</param>
    /// <param name="phase">How far the run is.</param>
    public IndexChanges Found(IReadOnlyDictionary<string, string> found, IReadOnlyDictionary<string, FilmEnd> ended, RunPhase phase)
    {
        if (phase == RunPhase.Looking || found.Count + ended.Count == 0)
        {
            return new IndexChanges();
        }

        var left = Left(found).ToLookup(one => one.Film.Id, one => one.Source, StringComparer.Ordinal);
        var there = found.Values.ToHashSet(StringComparer.Ordinal);
        var (came, taken) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<VideoSource>());
        var changes = new ChangeLists();
        foreach (var file in listed)
        {
            register.Known.TryGetValue(file.Path, out var before);
            if (!found.TryGetValue(file.Path, out var id) && before.Film is null)
            {
                continue;
            }

            id ??= before.Film!.Id;
            var end = ended.TryGetValue(file.Path, out var known) ? known : (FilmEnd?)null;
            if (before.Film?.Id == id)
            {
                var list =
                    end == FilmEnd.DoneAtLast ? (came.Add(id) ? changes.New : changes.Copied)
                    : end == FilmEnd.DoneBeside ? changes.Copied
                    : end == FilmEnd.Mended ? changes.Changed
                    : end == FilmEnd.Done && before.Film.Gone ? changes.Back
                    : null;
                list?.Add(PlaceOf(file, id));
            }
            else if (PlaceLeft(left[id], file, taken) is { } place)
            {
                changes.Moved.Add(new MovedFilm(PlaceOf(place, id), PlaceOf(file, id) with { Before = before.Film?.Id }));
                var isLost =
                    phase == RunPhase.Over && before.Film is not null && !there.Contains(before.Film.Id) && HasLeft(before.Film.Id, left);
                if (isLost && end != FilmEnd.Failed)
                {
                    changes.Changed.Add(PlaceOf(file, id) with { Before = before.Film!.Id, IsCopy = true });
                }
            }
            else
            {
                var list =
                    before.Film is not null ? changes.Changed
                    : (end == FilmEnd.DoneAtLast || !_knownById.Value.Contains(id)) && came.Add(id) ? changes.New
                    : changes.Copied;
                if (end is not (null or FilmEnd.Failed) || (end is null && phase == RunPhase.Cancelled && list == changes.Changed))
                {
                    list.Add(PlaceOf(file, id) with { Before = before.Film?.Id, IsCopy = _knownById.Value.Contains(id) });
                }
            }
        }

        return changes.ToChanges();
    }

    /// <summary>Calls a film by its present name where it left the one it was called by in this run.</summary>
    /// <param name="found">As for <see cref="Found"/>.</param>
    /// <param name="moved">Films that moved.</param>
    public Func<VideoReceipt, VideoReceipt> Renamed(IReadOnlyDictionary<string, string> found, IReadOnlyList<MovedFilm> moved)
    {
        var files = listed.Where(file => found.ContainsKey(file.Path)).ToLookup(file => found[file.Path], StringComparer.Ordinal);
        var from = moved.ToLookup(film => film.To.Path, film => film.From.Path, StringComparer.Ordinal);
        return film =>
        {
            var left = _knownById.Value[film.VideoId].Where(one => one.Source.Name == film.Name).Select(one => one.Source.Path);
            return
                files[film.VideoId].Any(file => file.Name == film.Name)
                || files[film.VideoId].FirstOrDefault(file => from[file.Path].Intersect(left).Any()) is not { } file
                ? film
                : film with
                {
                    Name = file.Name,
                    Damage = film.Damage?.Replace(film.Name, file.Name, StringComparison.Ordinal),
                };
        };
    }

    /// <summary>Where a file is, as it is told of.</summary>
    /// <param name="file">The file.</param>
    /// <param name="id">The film; null for none.</param>
    public FilmPlace PlaceOf(SourceFile file, string? id) => PlaceOf(file.Name, file.Path, id);

    /// <summary>Where a film was, as it is told of.</summary>
    public FilmPlace PlaceOf(VideoSource source, string id) => PlaceOf(source.Name, source.Path, id);

    /// <summary>Where a file that fails is, and the film that was there if it was replaced.</summary>
    public FilmPlace FailedAt(SourceFile file, IReadOnlyDictionary<string, string> found) =>
        PlaceOf(
            file,
            register.Known.TryGetValue(file.Path, out var before) && found.TryGetValue(file.Path, out var id) && id != before.Film.Id
                ? before.Film.Id
                : null
        );

    /// <summary>Whether this run looked where an input failed before.</summary>
    public bool IsLooked(FailedInput input) => isMine(input.Name) && _roots.IsAbove(input.Path);

    /// <summary>Whether what was known at a place is there no more, as far as was listed.</summary>
    public bool IsMissing(VideoSource source) => _isMissing.Value(source);

    /// <summary>Where known films were and are not any more.</summary>
    /// <param name="found">As for <see cref="Found"/>.</param>
    public IEnumerable<KnownSource> Left(IReadOnlyDictionary<string, string> found) =>
        (_missing ??= [.. register.Known.Values.Where(one => IsMissing(one.Source))])
            .Concat(_leftElsewhere.Where(place => place.Value).Select(place => register.Known[place.Key]))
            .Concat(register.Displaced)
            .Concat(Replaced(found));

    /// <summary>Where known films were and others are.</summary>
    /// <param name="found">As for <see cref="Found"/>.</param>
    public IEnumerable<KnownSource> Replaced(IReadOnlyDictionary<string, string> found) =>
        found
            .Where(file => register.Known.TryGetValue(file.Key, out var before) && before.Film.Id != file.Value)
            .Select(file => register.Known[file.Key]);

    /// <summary>Those of some places under which something was known.</summary>
    public IReadOnlyList<string> KnownAmong(IReadOnlyCollection<string> places)
    {
        var roots = new Places(places);
        var found = places.Count == 0 ? [] : register.Known.Keys.SelectMany(roots.Above).ToHashSet(StringComparer.Ordinal);
        return [.. places.Where(place => found.Contains(Places.RootOf(place)))];
    }

    // The place that a film which is at another one now has left: the one where it was called the same before others.
    private VideoSource? PlaceLeft(IEnumerable<VideoSource> left, SourceFile file, HashSet<VideoSource> taken)
    {
        var place = left.Where(one => one.Path != file.Path && !taken.Contains(one))
            .OrderBy(one => one.Name == file.Name ? 0 : 1)
            .ThenBy(one => IsMissing(one) ? 0 : 1)
            .ThenBy(one => one.Path, StringComparer.Ordinal)
            .FirstOrDefault();
        _ = place is not null && taken.Add(place);
        return place;
    }

    private FilmPlace PlaceOf(string name, string path, string? id) => new(_shared.Value.Contains(name) ? path : name, path, id);

    // Names that more than one place has: two folders may have been indexed.
    private static HashSet<string> SharedNames(IReadOnlyList<SourceFile> listed, SourceRegistry register)
    {
        var (places, shared) = (new Dictionary<string, string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var known = register.Known.Values.Concat(register.Displaced).Select(one => (one.Source.Name, one.Source.Path));
        foreach (var (name, path) in listed.Select(file => (file.Name, file.Path)).Concat(known))
        {
            if (!places.TryAdd(name, path) && places[name] != path)
            {
                shared.Add(name);
            }
        }

        return shared;
    }

    private bool HasLeft(string id, ILookup<string, VideoSource> left) =>
        _knownById.Value[id].All(one => left[id].Any(place => place.Path == one.Source.Path));

    // Only what lies under what was listed can be missing there, and not what lies in a folder that could not be.
    private static Func<VideoSource, bool> Missing(Places roots, IReadOnlyList<SourceFile> listed, Func<string, bool> isMine)
    {
        var closed = new Places(listed.Where(file => file.Problem is not null || file.Ignored is not null).Select(file => file.Path));
        var seen = listed.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        return source => !seen.Contains(source.Path) && isMine(source.Name) && roots.IsAbove(source.Path) && !closed.IsAbove(source.Path);
    }
}
