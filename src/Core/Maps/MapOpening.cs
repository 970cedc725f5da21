using OrleansAtlas.Errors;
using OrleansAtlas.Store;

namespace OrleansAtlas.Maps;

/// <summary>Finding a map of a collection.</summary>
public static class MapOpening
{
    /// <summary>A map's record.</summary>
    /// <exception cref="NotFoundException">There is no such map; the message names those there are.</exception>
    public static async Task<MapInfo> OpenMapAsync(this CollectionStore collection, string version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        if (
            await collection.ReadAsync<MapInfo>(collection.Names.Map(version, "map.json"), cancellationToken).ConfigureAwait(false) is
            { } info
        )
        {
            return info;
        }

        var list = await collection.MapsAsync(cancellationToken).ConfigureAwait(false);
        throw new NotFoundException(
            list.Versions.Count == 0
                ? $"Collection '{collection.Settings.Name}' has no map yet; make one with: atlas train -c {collection.Settings.Name}"
                : $"Collection '{collection.Settings.Name}' has no map '{version}', only {string.Join(", ", list.Versions)}."
        );
    }

    /// <summary>The record of the map that is shown.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    public static async Task<MapInfo> OpenCurrentMapAsync(this CollectionStore collection, CancellationToken cancellationToken) =>
        await collection
            .OpenMapAsync((await collection.MapsAsync(cancellationToken).ConfigureAwait(false)).Current ?? "", cancellationToken)
            .ConfigureAwait(false);
}
