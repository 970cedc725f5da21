using Orleans.GrainDirectory;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Grains.Placement;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Shell over the work on one segment; gone when it has answered.</summary>
[GrainDirectory(NoDirectory.Name), LeastLoaded, SkipRefusers, PreferGpu]
internal sealed class FrameBatchGrain(SegmentWork work, WorkTimeouts patience, TimeProvider clock) : Grain, IFrameBatchGrain
{
    private readonly LongRunningOperation<SegmentReceipt> _errand = new(patience, clock);

    public Task<OperationStatus<SegmentReceipt>> RunAsync(SegmentTask task, CancellationToken cancellationToken) =>
        this.GoneAfterAsync(_errand.AskAsync("segment", (_, stop) => work(task, stop), cancellationToken));

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _errand.StopAsync(cancellationToken);
}
