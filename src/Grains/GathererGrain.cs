using Orleans.GrainDirectory;
using OrleansAtlas.Actors;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Placement;

namespace OrleansAtlas.Grains;

/// <summary>Shell over <see cref="Gatherer"/>; gone when it has answered.</summary>
[GrainDirectory(NoDirectory.Name), Freest, SkipRefusers]
internal sealed class GathererGrain(Tools tools, Patience patience) : Grain, IGathererGrain
{
    private readonly Errand<bool> _errand = new(patience, tools.Clock);

    public Task<Poll<bool>> GatherAsync(string part, CancellationToken cancellationToken)
    {
        var (collection, _) = Keys.Split(this.GetPrimaryKeyString());
        var gatherer = new Gatherer(tools, patience.Slot);
        return this.GoneAfterAsync(_errand.AskAsync(part, (_, stop) => gatherer.GatherAsync(collection, part, stop), cancellationToken));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _errand.AbandonAsync();
}
