using Microsoft.Extensions.Logging;
using Orleans.Placement;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Maps.Training;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Shell over <see cref="CollectionTrainer"/>.</summary>
[GrainType("trainer"), ActivationCountBasedPlacement]
internal sealed class TrainerGrain(
    IGrainContext grain,
    WorkContext context,
    IWorkDispatcher dispatcher,
    WorkTimeouts timeouts,
    ILogger<TrainerGrain> logger
) : Grain, ITrainerGrain
{
    private readonly LongRunningOperation<MapReceipt> _operation = new(timeouts, context.Clock, Keys.LogOf(grain.GrainId, logger));

    public Task<OperationStatus<MapReceipt>> MakeMapAsync(TrainRequest? request, CancellationToken cancellationToken) =>
        _operation.AskAsync(
            WorkKey.MakeMap(request),
            async (progress, stop) =>
                (await new CollectionTrainer(context, dispatcher).MakeAsync(this.GetPrimaryKeyString(), request, progress, stop))!,
            cancellationToken
        );

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _operation.AbandonAsync();
}
