using OrleansAtlas.Store;

namespace OrleansAtlas.Maps;

/// <summary>Deletes what nothing uses any more.</summary>
public static class GarbageCollector
{
    /// <summary>Keeps the newest maps, the models that made them, and everything about films but placements by other models;
    /// deletes other maps, models and placements, and statistics, which are made again when training asks.</summary>
    /// <param name="collection">Where to sweep; nobody should be training meanwhile.</param>
    /// <param name="keepMaps">Newest map versions to keep, at least 1.</param>
    /// <param name="cancellationToken">Stops; what is deleted is deleted.</param>
    public static async Task<CollectedGarbage> SweepAsync(
        this CollectionStore collection,
        int keepMaps,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentOutOfRangeException.ThrowIfLessThan(keepMaps, 1);
        var list = await collection.MapsAsync(cancellationToken).ConfigureAwait(false);
        var maps = list.Versions.TakeLast(keepMaps).ToHashSet(StringComparer.Ordinal);
        var models = new HashSet<string>(StringComparer.Ordinal);
        foreach (var version in maps)
        {
            models.Add((await collection.OpenMapAsync(version, cancellationToken).ConfigureAwait(false)).Model);
        }

        await collection.WithdrawMapsAsync([.. list.Versions.Except(maps)], cancellationToken).ConfigureAwait(false);
        var doomed = new List<ArtifactEntry>();
        await foreach (var entry in collection.Artifacts.ListAsync(collection.Settings.Name + "/", cancellationToken).ConfigureAwait(false))
        {
            if (!Used(entry.Name.Split('/'), maps, models))
            {
                doomed.Add(entry);
            }
        }

        foreach (var entry in doomed)
        {
            await collection.Artifacts.DeleteAsync(entry.Name, cancellationToken).ConfigureAwait(false);
        }

        // A writer that was broken off leaves a file that no listing shows; one that writes now touched its file a moment ago.
        var (unfinished, bytes) = await collection
            .Artifacts.DeleteUnfinishedAsync(collection.Settings.Name + "/", TimeSpan.FromHours(1), cancellationToken)
            .ConfigureAwait(false);
        return new CollectedGarbage(doomed.Count + unfinished, doomed.Sum(entry => entry.Length) + bytes);
    }

    private static bool Used(string[] path, HashSet<string> maps, HashSet<string> models) =>
        path switch
        {
            [_, "maps", var version, _] => maps.Contains(version),
            [_, "models", var version, _] => models.Contains(version),
            [_, "statistics", _] => false,
            [_, "videos", _, var file] when file.StartsWith("placed-", StringComparison.Ordinal) => models.Contains(file.Split('-')[1]),
            _ => true,
        };
}
