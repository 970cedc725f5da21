using Orleans.GrainDirectory;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Grains.Placement;
using OrleansAtlas.Maps.Training;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Shell over <see cref="StatisticsWorker"/>; gone when it has answered.</summary>
[GrainDirectory(NoDirectory.Name), LeastLoaded, SkipRefusers]
internal sealed class StatisticsGrain(WorkContext tools, WorkTimeouts patience) : Grain, IStatisticsGrain
{
    private readonly LongRunningOperation<bool> _errand = new(patience, tools.Clock);

    public Task<OperationStatus<bool>> GatherAsync(string part, CancellationToken cancellationToken)
    {
        var (collection, _) = Keys.Split(this.GetPrimaryKeyString());
        return this.GoneAfterAsync(
            _errand.AskAsync(
                part,
                (_, stop) => new StatisticsWorker(tools, patience.Slot).GatherAsync(collection, part, stop),
                cancellationToken
            )
        );
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _errand.AbandonAsync();
}
