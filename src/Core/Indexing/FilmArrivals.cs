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
        await foreach (var (time, changes) in collection.RunsSinceAsync(DateTimeOffset.MinValue, cancellationToken).ConfigureAwait(false))
        {
            arrivals.Take(time, changes);
        }

        return arrivals;
    }

    /// <summary>When a film came last under any of its names; null where no run tells.</summary>
    public DateTimeOffset? Of(VideoRecord film)
    {
        ArgumentNullException.ThrowIfNull(film);
        return film.Sources.Max(source => _times.TryGetValue(source.Name, out var time) ? time : (DateTimeOffset?)null);
    }

    private void Take(DateTimeOffset time, IndexChanges changes)
    {
        foreach (var moved in changes.Moved)
        {
            if (_times.Remove(moved.From, out var before))
            {
                _times[moved.To] = before;
            }
        }

        foreach (var name in changes.New.Concat(changes.Changed))
        {
            _times[name] = time;
        }
    }
}
