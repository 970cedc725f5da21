using System.Text.RegularExpressions;
using OrleansAtlas.Maps;
using OrleansAtlas.Store;

namespace OrleansAtlas.Web.Maps;

/// <summary>Collections and maps of the store, the maps used last held open.</summary>
internal sealed partial class OpenMaps(WebMapOptions options)
{
    private const int MapsHeld = 2;

    private readonly Recent<(string, string), OpenMap> _maps = new(MapsHeld);

    /// <summary>A collection; null where there is none of this name.</summary>
    public async Task<CollectionStore?> CollectionAsync(string name, CancellationToken cancellationToken) =>
        CollectionName.Problem(name) is null ? await CollectionStore.OpenAsync(options.Store, name, cancellationToken) : null;

    /// <summary>A map; null where there is no such collection or map.</summary>
    public async Task<OpenMap?> MapAsync(string collection, string version, CancellationToken cancellationToken)
    {
        if (
            await CollectionAsync(collection, cancellationToken) is not { } opened
            || await InfoAsync(opened, version, cancellationToken) is not { } info
        )
        {
            return null;
        }

        // Opened for everyone who asks, so not stopped where the first of them goes away.
        return await _maps
            .GetAsync((collection, version), async () => new OpenMap(await AtlasMap.ReadAsync(opened, info, CancellationToken.None)))
            .WaitAsync(cancellationToken);
    }

    /// <summary>A map's record; null where there is none.</summary>
    public static async Task<MapInfo?> InfoAsync(CollectionStore collection, string version, CancellationToken cancellationToken) =>
        VersionPattern().IsMatch(version)
            ? await collection.ReadAsync<MapInfo>(collection.Names.Map(version, "map.json"), cancellationToken)
            : null;

    /// <summary>When a map was made, UTC; null where the store is no folder.</summary>
    public static DateTime? Made(CollectionStore collection, string version)
    {
        var file = Path.Combine(collection.Artifacts.Location, collection.Names.Map(version, "map.json"));
        return File.Exists(file) ? File.GetLastWriteTimeUtc(file) : null;
    }

    /// <summary>Whether these can be names of a collection and a map.</summary>
    public static bool IsSafe(string collection, string version) =>
        CollectionName.Problem(collection) is null && VersionPattern().IsMatch(version);

    /// <summary>Whether a name can be a film's id.</summary>
    public static bool IsFilmId(string id) => VersionPattern().IsMatch(id);

    /// <summary>Names of the collections in the store.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken) =>
        await CollectionStore.NamesAsync(options.Store, cancellationToken).ToListAsync(cancellationToken);

    [GeneratedRegex(@"^[0-9a-z]{1,64}\z")]
    private static partial Regex VersionPattern();
}
