using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>When films came into a collection, as the changes of its runs tell: new films, and those whose file was changed. A film that
/// was moved keeps its time under its new name.</summary>
public sealed class FilmArrivals
{
    private readonly Dictionary<string, DateTimeOffset> _times = new(StringComparer.Ordinal);

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
        return Of(film.Sources.Select(source => source.Name));
    }

    internal DateTimeOffset? Of(IEnumerable<string> names) =>
        names.Max(name => _times.TryGetValue(name, out var time) ? time : (DateTimeOffset?)null);

    private void Take(DateTimeOffset time, IndexChanges changes)
    {
        // All at once: two films may have exchanged their names.
        var moved = changes.Moved.Where(film => _times.ContainsKey(film.From)).Select(film => (film.To, _times[film.From])).ToList();
        foreach (var film in changes.Moved)
        {
            _times.Remove(film.From);
        }

        foreach (var (name, before) in moved)
        {
            _times[name] = before;
        }

        foreach (var name in changes.New.Concat(changes.Changed))
        {
            _times[name] = time;
        }
    }
}
