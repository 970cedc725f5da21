using Orleans.Concurrency;
using OrleansAtlas.Contracts;

namespace OrleansAtlas.Grains.Maps;

/// <summary>Shell over <see cref="MapBoard"/>: one a silo, which answers all who ask at its gateway.</summary>
[GrainType("mapnews"), StatelessWorker(1)]
internal sealed class MapNewsGrain(MapBoard board) : Grain, IMapNewsGrain
{
    public async Task<MapNews> NextAsync(string collection, string? known, CancellationToken cancellationToken) =>
        new(await board.NextAsync(collection, known, cancellationToken));
}
