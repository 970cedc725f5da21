using Orleans.Concurrency;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>One collection, by its name: accepts a job, runs it in the background, reports on it. The store records what there is to
/// do, so every call may be repeated when its answer was lost.</summary>
[Alias("atlas.collection")]
public interface ICollectionGrain : IGrainWithStringKey
{
    /// <summary>Accepts films to add, by paths that are valid on every silo; creates the collection if it does not exist. A job that is
    /// asked for while another one is at work waits for it.</summary>
    [Alias("submit")]
    Task<JobReceipt> SubmitAsync(Submission submission, CancellationToken cancellationToken);

    /// <summary>Accepts a model to fit to all stored frames.</summary>
    [Alias("retrain")]
    Task<JobReceipt> RetrainAsync(TrainRequest request, CancellationToken cancellationToken);

    /// <summary>Cancels the job at work; what was done is kept, and the next one that waits begins.</summary>
    [Alias("cancel")]
    Task CancelAsync(CancellationToken cancellationToken);

    /// <summary>Cancels the job of a number, at work or waiting; one that has ended stays as it is.</summary>
    [Alias("cancel-job")]
    Task CancelJobAsync(int number, CancellationToken cancellationToken);

    /// <summary>Continues the job if the store records it as running and no process is running it.</summary>
    [Alias("wake")]
    Task WakeAsync(CancellationToken cancellationToken);

    /// <summary>The collection's settings; null if it does not exist.</summary>
    [AlwaysInterleave, Alias("settings")]
    Task<CollectionSettings?> SettingsAsync(CancellationToken cancellationToken);

    /// <summary>The last job, running or ended, and its progress.</summary>
    [AlwaysInterleave, Alias("status")]
    Task<JobStatus> StatusAsync(CancellationToken cancellationToken);

    /// <summary>Reports progress until the job ends or moves to another silo; the status tells which.</summary>
    [AlwaysInterleave, Alias("watch")]
    IAsyncEnumerable<ProgressReport> WatchAsync(CancellationToken cancellationToken);
}
