using Orleans.Concurrency;
using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>One visit of a segment of a film to a silo, by <c>COLLECTION/ID/SEGMENT/VISIT</c>: lives as long as the work on it. Where
/// a silo refuses, the next visit is another grain, placed anew on another silo.</summary>
public interface IFrameBatchGrain : IGrainWithStringKey
{
    /// <summary>Decodes, describes and stores the segment; <see cref="WorkStatus.Busy"/> where its silo has no slot free, or with a
    /// reason where it could not do it at all.</summary>
    [AlwaysInterleave]
    Task<OperationStatus<SegmentReceipt>> RunAsync(SegmentTask task, CancellationToken cancellationToken);
}
