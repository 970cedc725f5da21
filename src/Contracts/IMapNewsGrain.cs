using Orleans.Concurrency;

namespace OrleansAtlas.Contracts;

/// <summary>Tells clients of map versions, on the silo whose gateway they are at.</summary>
[Alias("atlas.map-news-grain")]
public interface IMapNewsGrain : IGrainWithIntegerKey
{
    /// <summary>The collection's current map, as soon as it is another one than the caller knows.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="known">The version that the caller knows; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null if none came within 5 s: ask again.</returns>
    [AlwaysInterleave, Alias("next")]
    Task<MapNews> NextAsync(string collection, string? known, CancellationToken cancellationToken);
}

/// <summary>The answer of <see cref="IMapNewsGrain"/>.</summary>
/// <param name="Map">The map; null if there is no other one.</param>
public sealed record MapNews(MapAnnouncement? Map);
