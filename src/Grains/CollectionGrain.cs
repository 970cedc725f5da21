using Microsoft.Extensions.Logging;
using Orleans.Placement;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Shell over <see cref="CollectionJob"/>.</summary>
[GrainType("collection"), ActivationCountBasedPlacement]
internal sealed class CollectionGrain(WorkContext context, IWorkDispatcher dispatcher, WorkTimeouts timeouts, ILogger<CollectionJob> log)
    : Grain,
        ICollectionGrain,
        IDisposable
{
    private CollectionJob? _job;

    private CollectionJob Job => _job ??= new CollectionJob(context, dispatcher, timeouts, log, this.GetPrimaryKeyString());

    public Task<JobReceipt> SubmitAsync(Submission submission, CancellationToken cancellationToken) =>
        Job.SubmitAsync(submission, Caller.Name, cancellationToken);

    public Task<JobReceipt> RetrainAsync(TrainRequest request, CancellationToken cancellationToken) =>
        Job.TrainAsync(request, Caller.Name, cancellationToken);

    public Task CancelAsync(CancellationToken cancellationToken) => Job.CancelAsync(null, cancellationToken);

    public Task CancelJobAsync(int number, CancellationToken cancellationToken) => Job.CancelAsync(number, cancellationToken);

    public Task WakeAsync(CancellationToken cancellationToken) => Job.WakeAsync(cancellationToken);

    public Task<CollectionSettings?> SettingsAsync(CancellationToken cancellationToken) => Job.SettingsAsync(cancellationToken);

    public Task<JobStatus> StatusAsync(CancellationToken cancellationToken) => Job.StatusAsync(cancellationToken);

    public IAsyncEnumerable<ProgressReport> WatchAsync(CancellationToken cancellationToken) => Job.WatchAsync(cancellationToken);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Job.StopAsync();

    public void Dispose() => _job?.Dispose();
}
