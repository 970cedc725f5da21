using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.BroadcastChannel;
using OrleansAtlas.Contracts;

namespace OrleansAtlas.Grains.Maps;

// Why: docs/decisions/announcing-maps.md
/// <summary>Announces maps to every silo over a broadcast channel, whose key is the silo's address. What does not arrive is found in the
/// store, so nothing waits long for it, and nothing fails.</summary>
internal sealed partial class MapChannel(
    [FromKeyedServices(MapChannel.Provider)] IBroadcastChannelProvider channels,
    ISiloStatusOracle silos,
    ILogger<MapChannel> log
)
{
    /// <summary>Name of the provider.</summary>
    public const string Provider = "atlas";

    /// <summary>Namespace of the channels.</summary>
    public const string Namespace = "atlas.maps";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Tells every silo that is alive.</summary>
    public Task AnnounceAsync(MapAnnouncement map) =>
        Task.WhenAll(silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(silo => TellAsync(silo, map)));

    private async Task TellAsync(SiloAddress silo, MapAnnouncement map)
    {
        try
        {
            var channel = channels.GetChannelWriter<MapAnnouncement>(ChannelId.Create(Namespace, silo.ToParsableString()));
            await channel.Publish(map).WaitAsync(Limit);
        }
        catch (Exception error) when (error is OrleansException or TimeoutException or AggregateException)
        {
            LogNotTold(log, map.Collection, map.Version, silo, error.GetBaseException().Message);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Collection {Collection}: map {Version} could not be announced to {Silo}, which finds it in the store: {Reason}"
    )]
    private static partial void LogNotTold(ILogger log, string collection, string version, SiloAddress silo, string reason);
}
