using OrleansAtlas.Actors;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Placement;

namespace OrleansAtlas.Grains;

/// <summary>Shell over the work on one segment; gone when it has ended.</summary>
[Spread, PreferGpu]
internal sealed class FrameBatchGrain(SegmentWork work, Patience patience, TimeProvider clock) : Grain, IFrameBatchGrain
{
    private readonly Errand<SegmentReceipt> _errand = new(patience, clock);

    public async Task<Poll<SegmentReceipt>> RunAsync(SegmentTask task, CancellationToken cancellationToken)
    {
        var poll = await _errand.AskAsync("segment", (_, stop) => work(task, stop), cancellationToken);
        if (poll.State != PollState.AtWork)
        {
            DeactivateOnIdle();
        }

        return poll;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _errand.StopAsync(cancellationToken);
}
