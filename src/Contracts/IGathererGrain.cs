using Orleans.Concurrency;
using OrleansAtlas.Actors;

namespace OrleansAtlas.Contracts;

/// <summary>One part of a collection's statistics, by <c>COLLECTION/PART</c>: made on any silo, written to the store, never sent.</summary>
public interface IGathererGrain : IGrainWithStringKey
{
    /// <summary>Makes the part, unless it is there.</summary>
    [AlwaysInterleave]
    Task<Poll<bool>> GatherAsync(CancellationToken cancellationToken);
}
