using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using OrleansAtlas.Contracts;

namespace OrleansAtlas.ClusterClient;

public sealed partial class AtlasClusterClient
{
    /// <summary>Tells of every map version of a collection that is published from now on, usually within a second; one that was not
    /// announced, because a silo was lost, is found in the store within about 10 s. Where several follow one another at once, the
    /// newest may be all that is told. Goes on until it is cancelled.</summary>
    /// <param name="collection">The collection, which need not exist yet.</param>
    /// <param name="known">The version that the caller knows; with null the current map is told at once.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TimeoutException">The cluster does not answer any more.</exception>
    public async IAsyncEnumerable<MapAnnouncement> WatchMapsAsync(
        string collection,
        string? known = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var news = _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IMapNewsGrain>(0);
        while (true)
        {
            var now = await ClusterCalls
                .RetryAsync(token => news.NextAsync(collection, known, token), cancellationToken)
                .ConfigureAwait(false);
            if (now.Map is { } map)
            {
                known = map.Version;
                yield return map;
            }
        }
    }
}
