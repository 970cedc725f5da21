using Orleans.Concurrency;

namespace OrleansAtlas.Contracts;

/// <summary>One attempt to compute a part of a collection's statistics on a silo, by <c>COLLECTION/PART/VISIT</c>. The part is written
/// to the store, never sent.</summary>
[Alias("atlas.statistics")]
public interface IStatisticsGrain : IGrainWithStringKey
{
    /// <summary>Computes the part, unless it exists.</summary>
    /// <returns>False if the silo has no free slot.</returns>
    [AlwaysInterleave, Alias("gather")]
    Task<OperationStatus<bool>> GatherAsync(string part, CancellationToken cancellationToken);
}
