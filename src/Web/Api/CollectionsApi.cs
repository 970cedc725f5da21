using Microsoft.AspNetCore.Http.HttpResults;
using OrleansAtlas.Maps;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Api.Binding;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api;

/// <summary>The collections of the store.</summary>
internal static class CollectionsApi
{
    public static void Map(RouteGroupBuilder group)
    {
        var collections = group.MapGroup("").WithTags("collections");
        collections.MapGet("", ListAsync).WithName("listCollections").WithSummary("All collections.");
        collections.MapGet("{collection}", GetAsync).WithName("getCollection").WithSummary("A collection and its maps.");
    }

    private static async Task<Ok<List<CollectionDocument>>> ListAsync(OpenMaps maps, CancellationToken cancellationToken)
    {
        var found = new List<CollectionDocument>();
        foreach (var name in await maps.NamesAsync(cancellationToken))
        {
            if (await maps.CollectionAsync(name, cancellationToken) is { } collection)
            {
                found.Add(await DocumentAsync(collection, cancellationToken));
            }
        }

        return TypedResults.Ok(found);
    }

    private static async Task<Ok<CollectionDocument>> GetAsync(BoundCollection bound, CancellationToken cancellationToken) =>
        TypedResults.Ok(await DocumentAsync(bound.Store, cancellationToken));

    private static async Task<CollectionDocument> DocumentAsync(CollectionStore collection, CancellationToken cancellationToken)
    {
        var list = await collection.MapsAsync(cancellationToken);
        var maps = new List<MapEntry>();
        foreach (var version in list.Versions)
        {
            if (await OpenMaps.InfoAsync(collection, version, cancellationToken) is { } info)
            {
                maps.Add(new MapEntry(version, info.Frames, OpenMaps.Made(collection, version)));
            }
        }

        return new CollectionDocument(collection.Settings.Name, maps, list.Current);
    }
}
