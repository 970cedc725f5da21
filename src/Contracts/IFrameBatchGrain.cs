using Orleans.Concurrency;
using OrleansAtlas.Actors;

namespace OrleansAtlas.Contracts;

/// <summary>One segment of a film, by <c>COLLECTION/ID/SEGMENT</c>: lives as long as the work on it.</summary>
public interface IFrameBatchGrain : IGrainWithStringKey
{
    /// <summary>Decodes, describes and stores the segment; <see cref="WorkStatus.Busy"/> where its silo has no slot free: asked again,
    /// it runs elsewhere.</summary>
    [AlwaysInterleave]
    Task<Poll<SegmentReceipt>> RunAsync(SegmentTask task, CancellationToken cancellationToken);
}
