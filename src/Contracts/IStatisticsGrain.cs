using Orleans.Concurrency;

namespace OrleansAtlas.Contracts;

/// <summary>One visit of a part of a collection's statistics to a silo, by <c>COLLECTION/PART/VISIT</c>: made on any silo, written to
/// the store, never sent.</summary>
public interface IStatisticsGrain : IGrainWithStringKey
{
    /// <summary>Makes the part, unless it is there.</summary>
    /// <returns>False where the silo has no slot free.</returns>
    [AlwaysInterleave]
    Task<OperationStatus<bool>> GatherAsync(string part, CancellationToken cancellationToken);
}
