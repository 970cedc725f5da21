using System.Diagnostics.CodeAnalysis;

namespace OrleansAtlas.Work;

// Why: docs/decisions/what-changed.md
/// <summary>What several runs come to together: a film that came and went is neither new nor gone, one that was renamed twice has moved
/// once, and each goes by the name it has in the end. A film is followed by its places.</summary>
public sealed class NetChanges
{
    private readonly List<Film> _films = [];

    // By the place a film is at now, or was when it went.
    private readonly Dictionary<string, Film> _there = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Film> _gone = new(StringComparer.Ordinal);

    // Films whose place another one took before a run that was broken off could say where they are.
    private readonly Dictionary<string, Film> _displaced = new(StringComparer.Ordinal);

    // Places that films have left: a run after one that was broken off tells of them as gone.
    private readonly HashSet<string> _vacated = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FilmPlace> _failed = new(StringComparer.Ordinal);

    private NetChanges() { }

    /// <summary>Adds them up.</summary>
    /// <param name="runs">The oldest first.</param>
    public static IndexChanges Of(IEnumerable<IndexChanges> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var net = new NetChanges();
        foreach (var run in runs)
        {
            net.Take(run);
        }

        return net.Sum();
    }

    private void Take(IndexChanges run)
    {
        // All at once: two films may have exchanged their names.
        var moved = run.Moved.Select(film => (Film: Leave(film.From), film.To)).ToList();
        _vacated.UnionWith(run.Moved.Select(film => film.From.Key));
        foreach (var (film, to) in moved)
        {
            Put(film, to);
        }

        foreach (var place in run.Gone.Where(place => !_vacated.Contains(place.Key)))
        {
            _gone[place.Key] = Leave(place);
        }

        foreach (var place in run.New)
        {
            Come(place, isCopy: false);
        }

        foreach (var place in run.Copied)
        {
            Come(place, isCopy: true);
        }

        foreach (var place in run.Changed)
        {
            Remove(_displaced, place, out _);
            var film = Leave(place);
            film.BeDoneAnew();
            Put(film, place);
        }

        foreach (var place in run.Back.Where(place => !IsThere(place)))
        {
            Put(Remove(_gone, place, out var gone) ? gone : Added(new Film { First = place, IsBack = true }), place);
        }

        foreach (var place in run.Damaged)
        {
            Stay(place).IsDamaged = true;
        }

        foreach (var place in run.New.Concat(run.Copied).Concat(run.Changed).Concat(run.Gone).Concat(run.Back))
        {
            Remove(_failed, place, out _);
        }

        foreach (var place in run.Failed)
        {
            _failed[place.Key] = place;
            if (Find(_there, place) is { } broken)
            {
                broken.HasFailed = true;
            }
        }
    }

    private void Come(FilmPlace place, bool isCopy)
    {
        if (Find(_there, place) is { } there)
        {
            // What failed in between was forgotten, and so it came again.
            if (there.HasFailed)
            {
                there.BeDoneAnew();
            }

            return;
        }

        // What went and came again at its place was done anew.
        var film = Remove(_gone, place, out var gone) && gone.First is not null ? gone : Added(new Film { IsCopy = isCopy });
        film.HasChanged = film.First is not null;
        Put(film, place);
    }

    // Takes a film out of the place it is at, or was when it went.
    private Film Leave(FilmPlace place)
    {
        var film =
            Remove(_displaced, place, out var displaced) ? displaced
            : Remove(_there, place, out var there) ? there
            : Remove(_gone, place, out var gone) ? gone
            : Added(new Film { First = place });
        film.Place = null;
        return film;
    }

    private Film Stay(FilmPlace place)
    {
        if (Find(_there, place) is { } there)
        {
            return there;
        }

        var film = Added(new Film { First = place });
        Put(film, place);
        return film;
    }

    private void Put(Film film, FilmPlace place)
    {
        if (Remove(_there, place, out var other) && other != film)
        {
            other.Place = null;
            _displaced[place.Key] = other;
        }

        film.Place = place;
        _there[place.Key] = film;
        _vacated.Remove(place.Key);
    }

    private bool IsThere(FilmPlace place) => Find(_there, place) is not null;

    private Film Added(Film film)
    {
        _films.Add(film);
        return film;
    }

    // What older versions told has a name for its key.
    private static Film? Find(Dictionary<string, Film> films, FilmPlace place) =>
        films.TryGetValue(place.Key, out var film) || films.TryGetValue(place.Name, out film) ? film : null;

    private static bool Remove<T>(Dictionary<string, T> from, FilmPlace place, [MaybeNullWhen(false)] out T value) =>
        from.Remove(place.Key, out value) || from.Remove(place.Name, out value);

    private IndexChanges Sum()
    {
        var came = _films.Where(film => film is { First: null, Place: not null, HasFailed: false }).ToList();
        var stayed = _films.Where(film => film is { First: not null, Place: not null }).ToList();
        return new IndexChanges
        {
            New = Places(came.Where(film => !film.IsCopy).Select(film => film.Place!)),
            Changed = Places(stayed.Where(film => film is { HasChanged: true, HasFailed: false }).Select(film => film.Place!)),
            Moved =
            [
                .. stayed
                    .Where(film => film.First!.Key != film.Place!.Key && film.First.Key != film.Place.Name)
                    .Select(film => new MovedFilm(film.First!, film.Place!))
                    .OrderBy(film => film.To, FilmPlace.ByName),
            ],
            Copied = Places(came.Where(film => film.IsCopy).Select(film => film.Place!)),
            Gone = Places(_gone.Values.Concat(_displaced.Values).Where(film => film.First is not null).Select(film => film.First!)),
            Back = Places(stayed.Where(film => film.IsBack).Select(film => film.Place!)),
            Failed = Places(_failed.Values),
            Damaged = Places(_films.Where(film => film is { Place: not null, IsDamaged: true }).Select(film => film.Place!)),
        };
    }

    private static IReadOnlyList<FilmPlace> Places(IEnumerable<FilmPlace> places) => [.. places.Order(FilmPlace.ByName)];

    private sealed class Film
    {
        // The place it was at before all runs; null where it came in one of them.
        public FilmPlace? First { get; init; }

        public FilmPlace? Place { get; set; }

        public bool HasChanged { get; set; }

        public bool IsCopy { get; init; }

        public bool IsBack { get; init; }

        public bool IsDamaged { get; set; }

        // Whether its file is there and cannot be used.
        public bool HasFailed { get; set; }

        public void BeDoneAnew() => (HasChanged, HasFailed, IsDamaged) = (true, false, false);
    }
}
