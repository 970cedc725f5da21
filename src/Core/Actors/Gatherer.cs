using OrleansAtlas.Engine;
using OrleansAtlas.Reduction;
using OrleansAtlas.Store;

namespace OrleansAtlas.Actors;

/// <summary>Makes the statistics of one part, wherever it is asked to.</summary>
public sealed class Gatherer(Tools tools)
{
    /// <summary>Makes and stores a part's statistics, unless they are there.</summary>
    /// <param name="collectionName">The collection.</param>
    /// <param name="part">Name of a part whose frames were written down.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task GatherAsync(string collectionName, string part, CancellationToken cancellationToken)
    {
        var collection = (await CollectionStore.OpenAsync(tools.Store, collectionName, cancellationToken).ConfigureAwait(false))!;
        var name = collection.Names.Statistics(part);
        if (await collection.Artifacts.ExistsAsync(name, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var frames = await collection.ReadAsync<StatisticsPart>(collection.Names.StatisticsPart(part), cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidDataException($"Part '{part}' of collection '{collectionName}' was never written down; run atlas train again.");
        await tools.SegmentSlots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var statistics = await GatherAsync(collection, frames, cancellationToken).ConfigureAwait(false);
            await collection.Artifacts.TryAddAsync(name, statistics.ToBytes(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            tools.SegmentSlots.Release();
        }
    }

    private async Task<PcaStatistics> GatherAsync(CollectionStore collection, StatisticsPart frames, CancellationToken cancellationToken)
    {
        using var busy = tools.Ledger.Busy(Stage.Gather);
        var gatherer = new PcaGatherer(collection.Settings.Model.Dimensions, tools.MatrixProduct);
        foreach (var slice in frames.Slices)
        {
            var rows = await FeatureReader.ReadAsync(collection, slice, cancellationToken).ConfigureAwait(false);
            await tools.Compute.RunAsync(() => gatherer.Add(rows), cancellationToken).ConfigureAwait(false);
            tools.Ledger.Add(Stage.Gather, slice.Count, 2L * rows.Length);
        }

        return await tools.Compute.RunAsync(gatherer.Finish, cancellationToken).ConfigureAwait(false);
    }
}
