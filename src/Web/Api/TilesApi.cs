using Microsoft.AspNetCore.Http.HttpResults;
using OrleansAtlas.Web.Maps;
using OrleansAtlas.Web.Tiles;

namespace OrleansAtlas.Web.Api;

/// <summary>Tiles of the plane, drawn when they are asked for.</summary>
internal static class TilesApi
{
    public static void Map(RouteGroupBuilder group) =>
        group
            .MapGet("tiles/{layer}/{level:int}/{x:int}/{y:int}", GetAsync)
            .AddEndpointFilter<Unchanging>()
            .WithTags("maps")
            .WithName("getTile")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .Produces(StatusCodes.Status200OK, contentType: "image/jpeg", additionalContentTypes: "image/png")
            .WithSummary($"A tile: JPEG of pictures, PNG of the other layers. Layers: {Layer.Names}.");

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> GetAsync(
        string collection,
        string version,
        string layer,
        int level,
        int x,
        int y,
        [AsParameters] MapFilter filter,
        OpenMaps maps,
        TileCache cache,
        PictureTiles pictures,
        CancellationToken cancellationToken
    )
    {
        var tile = new TileAddress(level, x, y);
        if (Layer.Parse(layer) is not { } parsed || !tile.IsValid)
        {
            return Problems.NotFound(
                $"There is no tile {layer}/{tile}: layers are {Layer.Names}; levels go to {TileAddress.Deepest}, columns and rows "
                    + "at level n from 0 to 2^n - 1."
            );
        }

        if (!OpenMaps.IsSafe(collection, version))
        {
            return Problems.NoMap(collection, version);
        }

        var name = $"{collection}/{version}/{layer}{(filter.IsNone ? "" : "-" + filter.Key)}/{tile}";
        var content = await cache.GetAsync(
            name,
            () => DrawAsync(collection, version, parsed, tile, filter, maps, pictures, cancellationToken),
            cancellationToken
        );
        return content is null
            ? Problems.NoMap(collection, version)
            : TypedResults.File(content, parsed.Kind == LayerKind.Pictures ? "image/jpeg" : "image/png");
    }

    private static async Task<byte[]?> DrawAsync(
        string collection,
        string version,
        Layer layer,
        TileAddress tile,
        MapFilter filter,
        OpenMaps maps,
        PictureTiles pictures,
        CancellationToken cancellationToken
    )
    {
        if (await maps.MapAsync(collection, version, cancellationToken) is not { } open)
        {
            return null;
        }

        var shown = await open.SelectAsync(filter);
        return (layer.Kind, shown.Pictures) switch
        {
            (LayerKind.Pictures, { } tree) => await pictures.DrawAsync(open, tree, tile, layer.Density, cancellationToken),
            (LayerKind.Pictures, null) => pictures.Empty(open),
            (LayerKind.Points, _) => PointTiles.Draw(open, shown.Points, tile, layer.Colour, layer.OnDark),
            _ => TrustTiles.Draw(open, shown.Trust, tile),
        };
    }
}
