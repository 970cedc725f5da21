using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>When films came into a collection, as the changes of its runs tell: new films, and those whose file was changed. A film that
/// was moved keeps its time under its new name.</summary>
public sealed class FilmArrivals
{
    // By content id, and by path; by name where an older version told.
    private readonly Dictionary<string, DateTimeOffset> _times = new(StringComparer.Ordinal);

    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Reads what is kept of all runs.</summary>
    public static async Task<FilmArrivals> ReadAsync(CollectionStore collection, CancellationToken cancellationToken)
    {
        var arrivals = new FilmArrivals();
        foreach (var run in await collection.RunsSinceAsync(DateTimeOffset.MinValue, cancellationToken).ConfigureAwait(false))
        {
            arrivals.Take(run.Time, run.Changes);
        }

        return arrivals;
    }

    /// <summary>When a film came last under any of its names; null where no run tells.</summary>
    public DateTimeOffset? Of(VideoRecord film)
    {
        ArgumentNullException.ThrowIfNull(film);
        return film.Sources.Select(place => Of(place.Path) ?? Of(place.Name)).Append(Of(film.Id)).Max();
    }

    private DateTimeOffset? Of(string key) => _times.TryGetValue(key, out var time) ? time : null;

    /// <summary>Whether a run has told that something is at any of some places.</summary>
    internal bool Tell(IEnumerable<VideoSource> places) => places.Any(place => _told.Contains(place.Path) || _told.Contains(place.Name));

    private void Take(DateTimeOffset time, IndexChanges changes)
    {
        // All at once: two films may have exchanged their names.
        var moved = new List<(string Key, DateTimeOffset Time)>();
        foreach (var film in changes.Moved)
        {
            if (_times.Remove(film.From.Key, out var before) || _times.Remove(film.From.Name, out before))
            {
                moved.Add((film.To.Key, before));
            }
        }

        foreach (var (key, before) in moved)
        {
            _times[key] = before;
        }

        foreach (var place in changes.Gone.Where(place => place.Id is not null))
        {
            _times.Remove(place.Key);
        }

        foreach (var place in changes.New.Concat(changes.Changed))
        {
            _times[place.Key] = time;
            _times[place.Id ?? place.Key] = time;
        }

        var places = changes
            .New.Concat(changes.Changed)
            .Concat(changes.Copied)
            .Concat(changes.Back)
            .Concat(changes.Moved.Select(film => film.To));
        _told.UnionWith(places.Select(place => place.Key));
    }
}
