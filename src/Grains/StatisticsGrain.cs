using Microsoft.Extensions.Logging;
using Orleans.GrainDirectory;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Grains.Placement;
using OrleansAtlas.Maps.Training;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Shell over <see cref="StatisticsWorker"/>; deactivated when the work has ended.</summary>
[GrainType("statistics"), GrainDirectory(NoDirectory.Name), LeastLoaded, SkipRefusers]
internal sealed class StatisticsGrain(IGrainContext grain, WorkContext context, WorkTimeouts timeouts, ILogger<StatisticsGrain> logger)
    : Grain,
        IStatisticsGrain
{
    private readonly LongRunningOperation<bool> _operation = new(
        timeouts,
        context.Clock,
        new WorkLog(logger, Keys.CollectionOf(grain.GrainId))
    );

    public Task<OperationStatus<bool>> GatherAsync(string part, CancellationToken cancellationToken)
    {
        var collection = Keys.CollectionOf(grain.GrainId);
        return this.DeactivateWhenFinishedAsync(
            _operation.AskAsync(
                WorkKey.Gather(part),
                (_, stop) => new StatisticsWorker(context, timeouts.Slot).GatherAsync(collection, part, stop),
                cancellationToken
            )
        );
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _operation.AbandonAsync();
}
