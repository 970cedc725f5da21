using Microsoft.Extensions.Logging;
using Orleans.GrainDirectory;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Grains.Placement;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Shell over the work on one segment; deactivated when the work has ended.</summary>
[GrainType("framebatch"), GrainDirectory(NoDirectory.Name), LeastLoaded, SkipRefusers, PreferGpu]
internal sealed class FrameBatchGrain(
    IGrainContext grain,
    SegmentWork work,
    WorkTimeouts timeouts,
    TimeProvider clock,
    ILogger<FrameBatchGrain> logger
) : Grain, IFrameBatchGrain
{
    private readonly LongRunningOperation<SegmentReceipt> _operation = new(timeouts, clock, Keys.LogOf(grain.GrainId, logger));

    public Task<OperationStatus<SegmentReceipt>> RunAsync(SegmentTask task, CancellationToken cancellationToken) =>
        this.DeactivateWhenFinishedAsync(_operation.AskAsync(WorkKey.Segment, (_, stop) => work(task, stop), cancellationToken));

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _operation.StopAsync(cancellationToken);
}
