using Orleans.BroadcastChannel;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Placement;

namespace OrleansAtlas.Grains.Maps;

/// <summary>The ear of a silo, by the silo's address: hands what is announced to the <see cref="MapBoard"/>.</summary>
[GrainType("maphearer"), ImplicitChannelSubscription(MapChannel.Namespace), OnItsSilo]
internal sealed class MapHearerGrain(MapBoard board) : Grain, IGrainWithStringKey, IOnBroadcastChannelSubscribed
{
    public Task OnSubscribed(IBroadcastChannelSubscription streamSubscription) =>
        streamSubscription.Attach<MapAnnouncement>(
            map =>
            {
                // Opening a model takes longer than who announces should wait.
                board.HearAsync(map).Ignore();
                return Task.CompletedTask;
            },
            _ => Task.CompletedTask
        );
}
