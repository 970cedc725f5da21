using Orleans.Concurrency;
using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>One attempt to process a segment of a film on a silo, by <c>COLLECTION/FILM/SEGMENT/VISIT</c>; exists as long as the work.
/// When a silo refuses, the next attempt is another grain, which is placed on another silo.</summary>
[Alias("atlas.frame-batch")]
public interface IFrameBatchGrain : IGrainWithStringKey
{
    /// <summary>Decodes, describes and stores the segment. The receipt is <see cref="WorkStatus.Busy"/> if the silo has no free slot, or,
    /// with a reason, if it lacks what the segment needs.</summary>
    [AlwaysInterleave, Alias("run")]
    Task<OperationStatus<SegmentReceipt>> RunAsync(SegmentTask task, CancellationToken cancellationToken);
}
