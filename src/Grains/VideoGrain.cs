using Microsoft.Extensions.Logging;
using Orleans.Placement;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Indexing;
using OrleansAtlas.Maps.Building;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Shell over <see cref="VideoIndexer"/> and <see cref="FramePlacer"/>; deactivated when
/// the work has ended.</summary>
[GrainType("video"), ActivationCountBasedPlacement]
internal sealed class VideoGrain(
    IGrainContext grain,
    WorkContext context,
    IWorkDispatcher dispatcher,
    FramePlacer placer,
    WorkTimeouts timeouts,
    ILogger<VideoGrain> logger
) : Grain, IVideoGrain
{
    private readonly LongRunningOperation<VideoReceipt> _index = new(timeouts, context.Clock, Keys.LogOf(grain.GrainId, logger));
    private readonly LongRunningOperation<int> _place = new(timeouts, context.Clock, Keys.LogOf(grain.GrainId, logger));

    public Task<OperationStatus<VideoReceipt>> IndexAsync(CancellationToken cancellationToken)
    {
        var (collection, id) = Keys.Split(this.GetPrimaryKeyString());
        var video = new VideoIndexer(context, dispatcher);
        return this.DeactivateWhenFinishedAsync(
            _index.AskAsync(WorkKey.Index, (_, stop) => video.IndexAsync(collection, id, stop), cancellationToken)
        );
    }

    public Task<OperationStatus<int>> PlaceAsync(string model, CancellationToken cancellationToken)
    {
        var (collection, id) = Keys.Split(this.GetPrimaryKeyString());
        return this.DeactivateWhenFinishedAsync(
            _place.AskAsync(WorkKey.Place(model), (_, stop) => placer.PlaceAsync(collection, id, model, stop), cancellationToken)
        );
    }

    // The segments of this film are other grains: they end by themselves, and the next activation finds them in the store.
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.WhenAll(_index.AbandonAsync(), _place.StopAsync(cancellationToken));
}
