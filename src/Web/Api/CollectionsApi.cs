using Microsoft.AspNetCore.Http.HttpResults;
using OrleansAtlas.Maps;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api;

/// <summary>The collections of the store.</summary>
internal static class CollectionsApi
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("", ListAsync).WithSummary("All collections.");
        group.MapGet("{collection}", GetAsync).WithSummary("A collection and its maps.");
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

    private static async Task<Results<Ok<CollectionDocument>, ProblemHttpResult>> GetAsync(
        string collection,
        OpenMaps maps,
        CancellationToken cancellationToken
    ) =>
        await maps.CollectionAsync(collection, cancellationToken) is { } found
            ? TypedResults.Ok(await DocumentAsync(found, cancellationToken))
            : Problems.NoCollection(collection);

    private static async Task<CollectionDocument> DocumentAsync(CollectionStore collection, CancellationToken cancellationToken)
    {
        var list = await collection.MapsAsync(cancellationToken);
        return new CollectionDocument(collection.Settings.Name, list.Versions, list.Current);
    }
}
