using Orleans.Concurrency;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>One collection, by its name: takes a job, does it in the background, tells about it. What there is to do stands in the
/// store, so asking again after a lost answer does no harm.</summary>
public interface ICollectionGrain : IGrainWithStringKey
{
    /// <summary>Takes films to add, by paths that every silo sees; makes the collection where it is not there.</summary>
    Task<JobReceipt> SubmitAsync(Submission submission, CancellationToken cancellationToken);

    /// <summary>Takes a model to fit to all frames that are there.</summary>
    Task<JobReceipt> RetrainAsync(TrainRequest request, CancellationToken cancellationToken);

    /// <summary>Ends the job; what was done is kept.</summary>
    Task CancelAsync(CancellationToken cancellationToken);

    /// <summary>Takes up what the store says is not ended.</summary>
    Task WakeAsync(CancellationToken cancellationToken);

    /// <summary>What the collection was made with; null where there is none of its name.</summary>
    [AlwaysInterleave]
    Task<CollectionSettings?> SettingsAsync(CancellationToken cancellationToken);

    /// <summary>The job, whether it runs or has ended.</summary>
    [AlwaysInterleave]
    Task<JobStatus> StatusAsync(CancellationToken cancellationToken);

    /// <summary>Progress until the job ends or moves to another silo; the status says which.</summary>
    [AlwaysInterleave]
    IAsyncEnumerable<ProgressReport> WatchAsync(CancellationToken cancellationToken);
}
