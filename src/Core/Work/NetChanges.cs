using OrleansAtlas.Media;

namespace OrleansAtlas.Work;

// Why: docs/decisions/what-changed.md
/// <summary>What several runs come to together: a film that came and went is neither new nor gone, one that was renamed twice has moved
/// once, and each goes by the name it has in the end.</summary>
public sealed class NetChanges
{
    private readonly List<Film> _films = [];

    // By the name a film has now, or had when it went.
    private readonly Dictionary<string, Film> _there = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Film> _gone = new(StringComparer.Ordinal);

    // Films whose place another one took before a run that was broken off could say where they are.
    private readonly Dictionary<string, Film> _displaced = new(StringComparer.Ordinal);

    // Names that films have left: a run after one that was broken off tells of them as gone.
    private readonly HashSet<string> _vacated = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);

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
        _vacated.UnionWith(run.Moved.Select(film => film.From));
        foreach (var (film, to) in moved)
        {
            Put(film, to);
        }

        foreach (var name in run.Gone.Where(name => !_vacated.Contains(name)))
        {
            _gone[name] = Leave(name);
        }

        var copied = run.Copied.ToHashSet(StringComparer.Ordinal);
        foreach (var name in run.New.Concat(run.Copied).Where(name => !_there.ContainsKey(name)))
        {
            // What went and came again under its name was done anew.
            var before = _gone.Remove(name, out var gone) && gone.First is not null ? gone : null;
            var film = before ?? Added(new Film { IsCopy = copied.Contains(name) });
            film.HasChanged = before is not null;
            Put(film, name);
        }

        foreach (var name in run.Changed)
        {
            _displaced.Remove(name);
            var film = Leave(name);
            film.HasChanged = true;
            Put(film, name);
        }

        foreach (var name in run.Back.Where(name => !_there.ContainsKey(name)))
        {
            Put(_gone.Remove(name, out var gone) ? gone : Added(new Film { First = name, IsBack = true }), name);
        }

        _failed.ExceptWith([.. run.New, .. run.Copied, .. run.Changed, .. run.Gone, .. run.Back]);
        _failed.UnionWith(run.Failed);
    }

    // Takes a film out of the place it has, or had when it went.
    private Film Leave(string name)
    {
        var film =
            _displaced.Remove(name, out var displaced) ? displaced
            : _there.Remove(name, out var there) ? there
            : _gone.Remove(name, out var gone) ? gone
            : Added(new Film { First = name });
        film.Name = null;
        return film;
    }

    private void Put(Film film, string name)
    {
        if (_there.TryGetValue(name, out var other) && other != film)
        {
            other.Name = null;
            _displaced[name] = other;
        }

        film.Name = name;
        _there[name] = film;
        _vacated.Remove(name);
    }

    private Film Added(Film film)
    {
        _films.Add(film);
        return film;
    }

    private IndexChanges Sum()
    {
        var came = _films.Where(film => film is { First: null, Name: not null }).ToList();
        var stayed = _films.Where(film => film is { First: not null, Name: not null }).ToList();
        var gone = Names(_gone.Values.Concat(_displaced.Values).Where(film => film.First is not null).Select(film => film.First!));
        var told = came.Select(film => film.Name!).Concat(gone).ToHashSet(StringComparer.Ordinal);
        return new IndexChanges
        {
            New = Names(came.Where(film => !film.IsCopy).Select(film => film.Name!)),
            Changed = Names(stayed.Where(film => film.HasChanged).Select(film => film.Name!)),
            Moved =
            [
                .. stayed
                    .Where(film => film.First != film.Name)
                    .Select(film => new MovedFilm(film.First!, film.Name!))
                    .Where(film => !IsPathOfAny(film.To, told))
                    .OrderBy(film => film.To, StringComparer.Ordinal),
            ],
            Copied = Names(came.Where(film => film.IsCopy).Select(film => film.Name!)),
            Gone = gone,
            Back = Names(stayed.Where(film => film.IsBack).Select(film => film.Name!)),
            Failed = Names(_failed),
        };
    }

    // A film that moved and kept its name is told of by its paths.
    private static bool IsPathOfAny(string path, HashSet<string> names) =>
        (path[0] == '/' || FilmAddress.IsAddress(path))
        && Enumerable.Range(0, path.Length).Any(at => path[at] == '/' && names.Contains(path[(at + 1)..]));

    private static IReadOnlyList<string> Names(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private sealed class Film
    {
        // The name it had before all runs; null where it came in one of them.
        public string? First { get; init; }

        public string? Name { get; set; }

        public bool HasChanged { get; set; }

        public bool IsCopy { get; init; }

        public bool IsBack { get; init; }
    }
}
