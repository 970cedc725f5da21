using Orleans.Placement;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Indexing;
using OrleansAtlas.Maps.Building;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Shell over <see cref="VideoIndexer"/> and <see cref="FramePlacer"/>; gone when either has ended.</summary>
[ActivationCountBasedPlacement]
internal sealed class VideoGrain(WorkContext tools, IWorkDispatcher actors, FramePlacer placer, WorkTimeouts patience) : Grain, IVideoGrain
{
    private readonly LongRunningOperation<VideoReceipt> _index = new(patience, tools.Clock);
    private readonly LongRunningOperation<int> _place = new(patience, tools.Clock);

    public Task<OperationStatus<VideoReceipt>> IndexAsync(CancellationToken cancellationToken)
    {
        var (collection, id) = Keys.Split(this.GetPrimaryKeyString());
        var video = new VideoIndexer(tools, actors);
        return this.GoneAfterAsync(_index.AskAsync("index", (_, stop) => video.IndexAsync(collection, id, stop), cancellationToken));
    }

    public Task<OperationStatus<int>> PlaceAsync(string model, CancellationToken cancellationToken)
    {
        var (collection, id) = Keys.Split(this.GetPrimaryKeyString());
        return this.GoneAfterAsync(_place.AskAsync(model, (_, stop) => placer.PlaceAsync(collection, id, model, stop), cancellationToken));
    }

    // Segments that this film asked for are not its own: they end by themselves, and the next activation finds them in the store.
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.WhenAll(_index.AbandonAsync(), _place.StopAsync(cancellationToken));
}
