using System.Globalization;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

// Why: docs/decisions/what-changed.md
/// <summary>Says in the store that a run has begun and has not ended, so that the next one knows of a run that was killed: what that one
/// had done in its last seconds nobody told of.</summary>
internal sealed class RunMark
{
    private readonly CollectionStore _collection;
    private readonly List<string> _names;

    private RunMark(CollectionStore collection, List<string> names, bool followsBroken) =>
        (_collection, _names, FollowsBroken) = (collection, names, followsBroken);

    /// <summary>Whether a run before has not ended. It may still be at work beside this one; then both tell of the same films.</summary>
    public bool FollowsBroken { get; }

    /// <summary>Marks the begin of a run.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="request">What the run is asked for.</param>
    /// <param name="time">When it begins.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<RunMark> SetAsync(
        CollectionStore collection,
        IndexRequest request,
        DateTimeOffset time,
        CancellationToken cancellationToken
    )
    {
        var share = new Share(request.Shard, request.Shards);
        var before = await collection
            .Artifacts.ListAsync(collection.Names.Ledgers, cancellationToken)
            .Select(entry => entry.Name)
            .Where(name => name.EndsWith("/begun.json", StringComparison.Ordinal))
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);

        // What another share did, its own next run tells of.
        var over = new List<string>();
        foreach (var name in before)
        {
            if (share.Shards == 1 || await collection.ReadAsync<Share>(name, cancellationToken).ConfigureAwait(false) == share)
            {
                over.Add(name);
            }
        }

        var own = collection.Names.Begun(string.Create(CultureInfo.InvariantCulture, $"{ChangeLog.Text(time)}-{Environment.ProcessId}"));
        await collection.Artifacts.TryAddAsync(own, StoreJson.ToBytes(share), cancellationToken).ConfigureAwait(false);
        return new RunMark(collection, [.. over, own], before.Count > 0);
    }

    /// <summary>Removes the mark, and those of runs before of which this one has told.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        foreach (var name in _names)
        {
            await _collection.Artifacts.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed record Share(int Shard, int Shards);
}
