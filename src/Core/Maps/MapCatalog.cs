using OrleansAtlas.Store;

namespace OrleansAtlas.Maps;

/// <summary>Reading and changing the list of a collection's maps.</summary>
public static class MapCatalog
{
    /// <summary>The maps that are there.</summary>
    public static async Task<MapList> MapsAsync(this CollectionStore collection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        return await collection.ReadAsync<MapList>(collection.Names.MapList, cancellationToken).ConfigureAwait(false) ?? new MapList([]);
    }

    /// <summary>Makes a map the one that is shown, whether or not it was in the list.</summary>
    public static Task PublishMapAsync(this CollectionStore collection, string version, CancellationToken cancellationToken) =>
        ChangeMapsAsync(collection, versions => [.. versions.Where(other => other != version), version], cancellationToken);

    /// <summary>Takes maps out of the list; their files are deleted afterwards.</summary>
    public static Task WithdrawMapsAsync(
        this CollectionStore collection,
        IReadOnlyCollection<string> withdrawn,
        CancellationToken cancellationToken
    ) => ChangeMapsAsync(collection, versions => [.. versions.Where(version => !withdrawn.Contains(version))], cancellationToken);

    private static async Task ChangeMapsAsync(
        CollectionStore collection,
        Func<IReadOnlyList<string>, IReadOnlyList<string>> change,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(collection);
        var name = collection.Names.MapList;
        while (true)
        {
            var artifact = await collection.Artifacts.ReadAsync(name, cancellationToken).ConfigureAwait(false);
            var list = artifact is null ? new MapList([]) : StoreJson.Parse<MapList>(artifact.Content);
            var changed = new MapList(change(list.Versions));
            if (
                changed.Versions.SequenceEqual(list.Versions)
                || await collection
                    .Artifacts.TryReplaceAsync(name, StoreJson.ToBytes(changed), artifact?.Tag, cancellationToken)
                    .ConfigureAwait(false)
                    is not null
            )
            {
                return;
            }
        }
    }
}
