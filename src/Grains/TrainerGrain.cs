using Orleans.Placement;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Maps.Training;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Shell over <see cref="CollectionTrainer"/>.</summary>
[ActivationCountBasedPlacement]
internal sealed class TrainerGrain(WorkContext tools, IWorkDispatcher actors, WorkTimeouts patience) : Grain, ITrainerGrain
{
    private readonly LongRunningOperation<MapReceipt> _errand = new(patience, tools.Clock);

    public Task<OperationStatus<MapReceipt>> MakeMapAsync(TrainRequest? request, CancellationToken cancellationToken) =>
        _errand.AskAsync(
            ArtifactNames.Version($"{request}"),
            async (progress, stop) =>
                (await new CollectionTrainer(tools, actors).MakeAsync(this.GetPrimaryKeyString(), request, progress, stop))!,
            cancellationToken
        );

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _errand.AbandonAsync();
}
