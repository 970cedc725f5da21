using Orleans.Placement;
using OrleansAtlas.Actors;
using OrleansAtlas.Contracts;
using OrleansAtlas.Store;

namespace OrleansAtlas.Grains;

/// <summary>Shell over <see cref="Trainer"/>.</summary>
[ActivationCountBasedPlacement]
internal sealed class TrainerGrain(Tools tools, IActors actors, Patience patience) : Grain, ITrainerGrain
{
    private readonly Errand<MapReceipt> _errand = new(patience, tools.Clock);

    public Task<Poll<MapReceipt>> MakeMapAsync(TrainRequest? request, CancellationToken cancellationToken) =>
        _errand.AskAsync(
            ArtifactNames.Version($"{request}"),
            async (progress, stop) => (await new Trainer(tools, actors).MakeAsync(this.GetPrimaryKeyString(), request, progress, stop))!,
            cancellationToken);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _errand.AbandonAsync();
}
