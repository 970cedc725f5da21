using OrleansAtlas.Errors;
using OrleansAtlas.Reduction.Pca;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Maps.Training;

/// <summary>Makes the statistics of one part, wherever it is asked to.</summary>
/// <param name="context">Of this process.</param>
/// <param name="patience">Longest to wait for a slot; null waits as long as it takes.</param>
public sealed class StatisticsWorker(WorkContext context, TimeSpan? patience = null)
{
    /// <summary>Makes and stores a part's statistics, unless they are there.</summary>
    /// <param name="collectionName">The collection.</param>
    /// <param name="part">Name of a part whose frames were written down.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>False where no slot was free in time.</returns>
    public async Task<bool> GatherAsync(string collectionName, string part, CancellationToken cancellationToken)
    {
        var collection = await CollectionStore.RequireAsync(context.Store, collectionName, cancellationToken).ConfigureAwait(false);
        var name = collection.Names.Statistics(part);
        if (await collection.Artifacts.ExistsAsync(name, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        var frames =
            await collection.ReadAsync<StatisticsPart>(collection.Names.StatisticsPart(part), cancellationToken).ConfigureAwait(false)
            ?? throw new NotFoundException(
                $"Part '{part}' of collection '{collectionName}' was never written down; run atlas train again."
            );
        if (!await context.SegmentSlots.WaitAsync(patience ?? Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        try
        {
            var statistics = await GatherAsync(collection, frames, cancellationToken).ConfigureAwait(false);
            await collection.Artifacts.TryAddAsync(name, statistics.WriteAsync, cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            context.SegmentSlots.Release();
        }
    }

    private async Task<PcaStatistics> GatherAsync(CollectionStore collection, StatisticsPart frames, CancellationToken cancellationToken)
    {
        using var busy = context.Ledger.Busy(Stage.Gather);
        var gatherer = new PcaAccumulator(collection.Settings.Model.Dimensions, context.MatrixProduct);
        foreach (var slice in frames.Slices)
        {
            var rows = await FeatureReader.ReadAsync(collection, slice, cancellationToken).ConfigureAwait(false);
            await context.ComputeAsync(Stage.Gather, () => gatherer.Add(rows), cancellationToken).ConfigureAwait(false);
            context.Ledger.Add(Stage.Gather, slice.Count, 2L * rows.Length);
        }

        return await context.ComputeAsync(Stage.Gather, gatherer.Finish, cancellationToken).ConfigureAwait(false);
    }
}
