using Microsoft.Extensions.Logging;
using Orleans.Placement;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Grains.Maps;
using OrleansAtlas.Maps.Training;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Shell over <see cref="CollectionTrainer"/>.</summary>
[GrainType("trainer"), ActivationCountBasedPlacement]
internal sealed class TrainerGrain(
    IGrainContext grain,
    WorkContext context,
    IWorkDispatcher dispatcher,
    MapChannel channel,
    WorkTimeouts timeouts,
    ILogger<TrainerGrain> logger
) : Grain, ITrainerGrain
{
    private readonly LongRunningOperation<MapReceipt> _operation = new(timeouts, context.Clock, Keys.LogOf(grain.GrainId, logger));

    public Task<OperationStatus<MapReceipt>> MakeMapAsync(TrainRequest? request, CancellationToken cancellationToken) =>
        _operation.AskAsync(WorkKey.MakeMap(request), (progress, stop) => MakeAsync(request, progress, stop), cancellationToken);

    private async Task<MapReceipt> MakeAsync(TrainRequest? request, IProgress<ProgressReport> progress, CancellationToken stop)
    {
        var collection = Keys.CollectionOf(grain.GrainId);
        var map = await new CollectionTrainer(context, dispatcher).MakeAsync(collection, request, progress, stop);
        if (map is { New: true })
        {
            // What was written is there for all before they hear of it.
            await context.Store.FlushAsync(stop);
            await channel.AnnounceAsync(new MapAnnouncement(collection, map.Version, map.Model, map.Frames, map.Note));
        }

        return map!;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _operation.AbandonAsync();
}
