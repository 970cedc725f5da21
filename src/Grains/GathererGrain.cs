using OrleansAtlas.Actors;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Placement;

namespace OrleansAtlas.Grains;

/// <summary>Shell over <see cref="Gatherer"/>; gone when its part is made.</summary>
[Spread]
internal sealed class GathererGrain(Tools tools, Patience patience) : Grain, IGathererGrain
{
    private readonly Errand<bool> _errand = new(patience, tools.Clock);

    public async Task<Poll<bool>> GatherAsync(CancellationToken cancellationToken)
    {
        var (collection, part) = Keys.Split(this.GetPrimaryKeyString());
        var poll = await _errand.AskAsync("gather", async (_, stop) =>
        {
            await new Gatherer(tools).GatherAsync(collection, part, stop);
            return true;
        }, cancellationToken);
        if (poll.State != PollState.AtWork)
        {
            DeactivateOnIdle();
        }

        return poll;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _errand.AbandonAsync();
}
