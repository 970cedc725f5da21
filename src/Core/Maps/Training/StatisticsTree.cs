using OrleansAtlas.Errors;
using OrleansAtlas.Reduction.Pca;
using OrleansAtlas.Store;

namespace OrleansAtlas.Maps.Training;

/// <summary>Merges stored parts in a fixed tree, holding one part a level: memory does not grow with their number.</summary>
internal static class StatisticsTree
{
    /// <summary>The statistics of all parts; the same tree as <see cref="PcaStatistics.MergeTree"/> for the same parts.</summary>
    public static async Task<PcaStatistics> MergeAsync(
        CollectionStore collection,
        IReadOnlyList<StatisticsPart> parts,
        CancellationToken cancellationToken
    )
    {
        if (parts.Count == 1)
        {
            var name = collection.Names.Statistics(parts[0].Name);
            return await collection.ReadAsync(name, content => PcaStatistics.Parse(content), cancellationToken).ConfigureAwait(false)
                ?? throw new NotFoundException($"'{name}' is gone: the store was swept while a model was trained; run the command again.");
        }

        // The left side is the largest power of two below the number: pairs of neighbours, level after level.
        var left = 1 << (31 - System.Numerics.BitOperations.LeadingZeroCount((uint)(parts.Count - 1)));
        var first = await MergeAsync(collection, [.. parts.Take(left)], cancellationToken).ConfigureAwait(false);
        var second = await MergeAsync(collection, [.. parts.Skip(left)], cancellationToken).ConfigureAwait(false);
        return PcaStatistics.Merge(first, second);
    }
}
