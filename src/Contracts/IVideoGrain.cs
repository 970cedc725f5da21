using Orleans.Concurrency;
using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>One film, by <c>COLLECTION/ID</c>. Its work takes minutes: the first question starts it, the next ones join it
/// (a long-running operation), and it stops when nobody asks any more.</summary>
public interface IVideoGrain : IGrainWithStringKey
{
    /// <summary>Brings the film up to date, pulling one segment after the other.</summary>
    [AlwaysInterleave]
    Task<OperationStatus<VideoReceipt>> IndexAsync(CancellationToken cancellationToken);

    /// <summary>Places the film's frames with a model.</summary>
    /// <returns>Frames placed; 0 where they were.</returns>
    [AlwaysInterleave]
    Task<OperationStatus<int>> PlaceAsync(string model, CancellationToken cancellationToken);
}
