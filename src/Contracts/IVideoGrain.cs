using Orleans.Concurrency;
using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>One film, by <c>COLLECTION/ID</c>. Its work takes minutes: the first call starts it, later calls join it, and it
/// is cancelled when no more calls come.</summary>
[Alias("atlas.video")]
public interface IVideoGrain : IGrainWithStringKey
{
    /// <summary>Processes the segments of the film that are missing in the store.</summary>
    [AlwaysInterleave, Alias("index")]
    Task<OperationStatus<VideoReceipt>> IndexAsync(CancellationToken cancellationToken);

    /// <summary>Places the film's frames with a model.</summary>
    /// <returns>Number of frames placed; 0 if they were placed before.</returns>
    [AlwaysInterleave, Alias("place")]
    Task<OperationStatus<int>> PlaceAsync(string model, CancellationToken cancellationToken);
}
