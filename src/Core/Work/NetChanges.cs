namespace OrleansAtlas.Work;

// Why: docs/decisions/what-changed.md
/// <summary>What several runs come to together: what was at each place before all of them is compared with what is there after. So a film
/// that came and went is neither new nor gone, and one that was renamed twice has moved once.</summary>
public sealed class NetChanges
{
    private const char Nobody = '?';

    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    // Films that were somewhere before all runs, though no run tells where; that were gone and are back; that came in one of them.
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _back = new(StringComparer.Ordinal);
    private readonly HashSet<string> _came = new(StringComparer.Ordinal);
    private readonly HashSet<string> _damaged = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FilmPlace> _failed = new(StringComparer.Ordinal);
    private int _unnamed;

    private NetChanges() { }

    /// <summary>Adds them up.</summary>
    /// <param name="runs">The oldest first.</param>
    /// <param name="isFailing">Whether what failed at a place fails still: it may be well again without a run telling so. All, where it is
    /// not given.</param>
    public static IndexChanges Of(IEnumerable<IndexChanges> runs, Func<FilmPlace, bool>? isFailing = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var net = new NetChanges();
        foreach (var run in runs)
        {
            net.Take(run);
        }

        foreach (var (key, place) in net._failed.ToList())
        {
            _ = isFailing?.Invoke(place) == false && net._failed.Remove(key);
        }

        return net.Sum();
    }

    private void Take(IndexChanges run)
    {
        // All at once: two films may have exchanged their names.
        var occupied = run
            .Moved.Select(film => film.From.Key)
            .Concat(run.Changed.Select(place => place.Key))
            .ToHashSet(StringComparer.Ordinal);
        var moved = run.Moved.Select(film => (From: At(film.From, film.From.Id ?? Unnamed()), film.To)).ToList();
        var films = moved.Select(film => Named(film.From.Now, film.To.Id) ?? film.From.Before ?? Unnamed()).ToList();
        var was = moved.Select(film => film.From.Was).ToList();
        foreach (var ((from, _), film) in moved.Zip(films))
        {
            // A run that was broken off may have told already what is there now.
            from.Now = from.Now == film ? null : from.Now;
        }

        foreach (var ((_, to), film, earlier) in moved.Zip(films, was))
        {
            At(to, to.Before ?? (occupied.Contains(to.Key) ? Unnamed() : null)).Put(to, film, earlier);
        }

        foreach (var place in run.Gone)
        {
            At(place, place.Id ?? Unnamed()).Now = null;
        }

        foreach (var place in run.New)
        {
            var film = place.Id ?? Unnamed();
            _came.Add(film);
            _known.Remove(film);
            At(place, null).Put(place, film);
        }

        foreach (var place in run.Copied)
        {
            var film = place.Id ?? Unnamed();
            _ = _came.Contains(film) || _known.Add(film);
            At(place, null).Put(place, film);
        }

        foreach (var place in run.Changed)
        {
            var film = place.Id ?? Unnamed();
            _damaged.Remove(film);
            _ = place.IsCopy ? !_came.Contains(film) && _known.Add(film) : place.Before is not null && _came.Add(film);
            var there = At(place, place.Before ?? Unnamed());
            there.Put(place, film, there.Was ?? there.Now);
        }

        foreach (var place in run.Back)
        {
            var there = At(place, null);
            var film = Named(there.Now ?? there.Before, place.Id) ?? Unnamed();
            _ = there.Before is null && !_came.Contains(film) && _back.Add(film);
            there.Put(place, film);
        }

        foreach (var place in run.Damaged)
        {
            var there = At(place, place.Id ?? Unnamed());
            _damaged.Add(there.Now ?? place.Id ?? place.Key);
        }

        foreach (
            var place in run
                .New.Concat(run.Copied)
                .Concat(run.Changed)
                .Concat(run.Back)
                .Concat(run.Gone)
                .Concat(run.Moved.Select(film => film.To))
        )
        {
            Heal(place);
        }

        foreach (var place in run.Failed)
        {
            Heal(place);
            _failed[place.Key] = place;

            // The film that was there was replaced by what fails.
            if (place.Id is not null)
            {
                At(place, place.Id).Now = null;
            }
        }
    }

    private void Heal(FilmPlace place)
    {
        _failed.Remove(place.Name);
        _failed.Remove(place.Key);
    }

    // What a place holds keeps what it was called first: older versions told no ids.
    private static string? Named(string? called, string? id) => called?[0] == Nobody ? called : id ?? called;

    private string Unnamed() => $"{Nobody}{_unnamed++}";

    // What older versions told has a name for its key.
    private Place At(FilmPlace place, string? before)
    {
        if (_places.TryGetValue(place.Key, out var there) || _places.TryGetValue(place.Name, out there))
        {
            return there;
        }

        return _places[place.Key] = new Place(place, before);
    }

    private IndexChanges Sum()
    {
        var places = _places.Values.Where(place => !IsFailing(place)).OrderBy(place => place.Told, FilmPlace.ByName).ToList();
        var left = places.Where(place => place.HasLeft).ToLookup(place => place.Before!, StringComparer.Ordinal);
        var before = _places.Values.Select(place => place.Before).OfType<string>().Concat(_known).ToHashSet(StringComparer.Ordinal);
        var now = _places.Values.Select(place => place.Now).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var (sum, origins) = (new Sums(), new HashSet<Place>());

        // Where there was nothing before, a film has come to; where there was something, it may have been replaced by a copy.
        foreach (var place in places.Where(place => place.HasCome).OrderBy(place => place.Before is null ? 0 : 1))
        {
            // A film that changed where it had moved to has moved and changed.
            var origin = Origin(place, place.Now!);
            var hasChanged = origin is null && place is { Before: null, Was: not null } && !now.Contains(place.Was);
            origin = hasChanged ? Origin(place, place.Was!) : origin;
            if (origin is not null)
            {
                origins.Add(origin);
                sum.Moved.Add(new MovedFilm(origin.First, place.Told));
            }

            // What was at a place that another film moved to may be elsewhere now.
            var isLost = place.Before is not null && !now.Contains(place.Before);
            var list =
                origin is not null ? (isLost || hasChanged ? sum.Changed : null)
                : place.Before is not null ? sum.Changed
                : before.Contains(place.Now!) || !sum.Came.Add(place.Now!) ? sum.Copied
                : _back.Contains(place.Now!) ? sum.Back
                : sum.New;
            list?.Add(place.Told);
        }

        return new IndexChanges
        {
            New = InOrder(sum.New),
            Changed = InOrder(sum.Changed),
            Moved = [.. sum.Moved.OrderBy(film => film.To, FilmPlace.ByName)],
            Copied = InOrder(sum.Copied),
            Gone = InOrder(
                places.Where(place => place is { HasLeft: true, Now: null } && !origins.Contains(place)).Select(place => place.First)
            ),
            Back = InOrder(sum.Back),
            Failed = InOrder(_failed.Values),
            Damaged = InOrder(places.Where(place => place.Now is not null && _damaged.Contains(place.Now)).Select(place => place.Told)),
        };

        // Where a film was that is at a place now: where it was called the same before others.
        Place? Origin(Place place, string film) =>
            left[film]
                .Where(other => other != place && !origins.Contains(other))
                .OrderBy(other => other.First.Name == place.Told.Name ? 0 : 1)
                .FirstOrDefault();
    }

    private bool IsFailing(Place place) => _failed.ContainsKey(place.Told.Key) || _failed.ContainsKey(place.First.Key);

    private static IReadOnlyList<FilmPlace> InOrder(IEnumerable<FilmPlace> places) => [.. places.Order(FilmPlace.ByName)];

    /// <summary>A place, and which film was there before all runs and is there after; null for none.</summary>
    private sealed class Place(FilmPlace first, string? before)
    {
        public FilmPlace First { get; } = first;

        public FilmPlace Told { get; private set; } = first;

        public string? Before { get; } = before;

        public string? Now { get; set; } = before;

        public bool HasLeft => Before is not null && Before != Now;

        public bool HasCome => Now is not null && Before != Now;

        /// <summary>What a film that changed there, or before it moved there, was at first; null for one that did not.</summary>
        public string? Was { get; private set; }

        public void Put(FilmPlace told, string film, string? was = null) => (Told, Now, Was) = (told, film, was);
    }

    private sealed class Sums
    {
        public List<FilmPlace> New { get; } = [];

        public List<FilmPlace> Changed { get; } = [];

        public List<MovedFilm> Moved { get; } = [];

        public List<FilmPlace> Copied { get; } = [];

        public List<FilmPlace> Back { get; } = [];

        public HashSet<string> Came { get; } = new(StringComparer.Ordinal);
    }
}
