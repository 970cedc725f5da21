using Orleans.GrainDirectory;
using OrleansAtlas.Actors;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Placement;

namespace OrleansAtlas.Grains;

/// <summary>Shell over the work on one segment; gone when it has answered.</summary>
[GrainDirectory(NoDirectory.Name), Freest, SkipRefusers, PreferGpu]
internal sealed class FrameBatchGrain(SegmentWork work, Patience patience, TimeProvider clock) : Grain, IFrameBatchGrain
{
    private readonly Errand<SegmentReceipt> _errand = new(patience, clock);

    public Task<Poll<SegmentReceipt>> RunAsync(SegmentTask task, CancellationToken cancellationToken) =>
        this.GoneAfterAsync(_errand.AskAsync("segment", (_, stop) => work(task, stop), cancellationToken));

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _errand.StopAsync(cancellationToken);
}
