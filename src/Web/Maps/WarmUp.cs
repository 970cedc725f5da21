using OrleansAtlas.Errors;
using OrleansAtlas.Maps;
using OrleansAtlas.Web.Tiles;

namespace OrleansAtlas.Web.Maps;

/// <summary>Opens the map that the page shows first, and draws the tiles it asks for first, as soon as the server starts: whoever opens the
/// page
/// finds them made.</summary>
internal sealed class WarmUp(OpenMaps maps, TileCache cache, PictureTiles pictures, WebMapOptions options) : BackgroundService
{
    private const int Levels = 2;

    // What the page begins with on a screen of any size.
    private const int Density = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.WarmsUp)
        {
            return;
        }

        // What is damaged is told to those who ask for it.
        try
        {
            await DrawAsync(stoppingToken);
        }
        catch (Exception error) when (error is OperationCanceledException or AtlasException) { }
    }

    private async Task DrawAsync(CancellationToken cancellationToken)
    {
        foreach (var name in await maps.NamesAsync(cancellationToken))
        {
            if (
                await maps.CollectionAsync(name, cancellationToken) is not { } collection
                || (await collection.MapsAsync(cancellationToken)).Current is not { } version
                || await maps.MapAsync(name, version, cancellationToken) is not { } open
                || (await open.SelectAsync(default)).Pictures is not { } tree
            )
            {
                continue;
            }

            for (var (level, count) = (0, 1); level <= Levels; level++, count *= 4)
            {
                for (var i = 0; i < count; i++)
                {
                    var tile = new TileAddress(level, i & ((1 << level) - 1), i >> level);
                    await cache.GetAsync(
                        $"{name}/{version}/pictures{Density}/{tile}",
                        async () => await pictures.DrawAsync(open, tree, tile, Density, cancellationToken),
                        cancellationToken
                    );
                }
            }

            return;
        }
    }
}
