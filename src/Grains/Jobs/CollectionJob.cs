using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Contracts;
using OrleansAtlas.Errors;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>A collection's job in a cluster: accepts it, runs it in the background, reports on it. The store records what there is to
/// do, so any process can continue a job where another stopped; two at once do no harm, for they write the same artifacts.</summary>
public sealed partial class CollectionJob(
    WorkContext context,
    IWorkDispatcher dispatcher,
    WorkTimeouts timeouts,
    ILogger<CollectionJob> log,
    string collection
) : IDisposable
{
    private readonly Lock _lock = new();
    private ProgressFeed _feed = new(context.Clock);
    private CancellationTokenSource? _stop;
    private Task _work = Task.CompletedTask;

    /// <summary>Accepts films to add; creates the collection if it does not exist.</summary>
    public async Task<JobReceipt> SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        if (FilmAddress.Refusal(submission.Films.Paths) is { } secret)
        {
            return Refuse(secret);
        }

        try
        {
            var opening = await CollectionFactory
                .OpenAsync(context, collection, submission.Request, cancellationToken)
                .ConfigureAwait(false);
            return opening.Refusal is { } refusal
                ? new JobReceipt(Acceptance.Refused, refusal)
                : await AcceptAsync(new Job { Collection = collection, Films = submission.Films }, cancellationToken).ConfigureAwait(false);
        }
        catch (ModelException error)
        {
            return Refuse(error.Message);
        }
    }

    /// <summary>Accepts a model to fit.</summary>
    public async Task<JobReceipt> TrainAsync(TrainRequest request, CancellationToken cancellationToken) =>
        await CollectionStore.OpenAsync(context.Store, collection, cancellationToken).ConfigureAwait(false) is null
            ? Refuse(Job.MissingCollection(collection))
            : await AcceptAsync(new Job { Collection = collection, Train = request }, cancellationToken).ConfigureAwait(false);

    /// <summary>Continues the job that the store records as running, unless this process is running it.</summary>
    public async Task WakeAsync(CancellationToken cancellationToken)
    {
        if (await JobStore.ReadAsync(context.Store, collection, cancellationToken).ConfigureAwait(false) is { State: JobState.Running } job)
        {
            Start(job);
        }
    }

    /// <summary>The collection's settings; null if it does not exist.</summary>
    public async Task<CollectionSettings?> SettingsAsync(CancellationToken cancellationToken) =>
        (await CollectionStore.OpenAsync(context.Store, collection, cancellationToken).ConfigureAwait(false))?.Settings;

    /// <summary>The job as recorded in the store, and its progress in this process.</summary>
    public async Task<JobStatus> StatusAsync(CancellationToken cancellationToken) =>
        new(await JobStore.ReadAsync(context.Store, collection, cancellationToken).ConfigureAwait(false), _feed.Now);

    /// <summary>Reports progress until the job ends or is continued by another process; the status tells which.</summary>
    public async IAsyncEnumerable<ProgressReport> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await WakeAsync(cancellationToken).ConfigureAwait(false);
        if (!_work.IsCompleted)
        {
            await foreach (var report in _feed.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return report;
            }
        }
    }

    /// <summary>Cancels the job; what was done is kept.</summary>
    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        await JobStore
            .ChangeAsync(
                context.Store,
                collection,
                job => job is { State: JobState.Running } ? job with { State = JobState.Cancelled } : job,
                cancellationToken
            )
            .ConfigureAwait(false);
        await StopAsync().ConfigureAwait(false);
    }

    /// <summary>Stops running the job here; the store still records it as running, so another process continues it.</summary>
    public async Task StopAsync()
    {
        if (_stop is { } stop)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stop?.Dispose();

    private async Task<JobReceipt> AcceptAsync(Job wanted, CancellationToken cancellationToken)
    {
        var job = await JobStore
            .ChangeAsync(
                context.Store,
                collection,
                before =>
                    before is { State: JobState.Running }
                        ? before
                        : wanted with
                        {
                            Number = (before?.Number ?? 0) + 1,
                            Started = context.Clock.GetUtcNow().UtcDateTime,
                        },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (WorkKey.Job(job!) != WorkKey.Job(wanted))
        {
            return Refuse(
                $"Collection '{collection}' is at another job (number {job!.Number}); wait for it (atlas watch) or end it (atlas cancel)."
            );
        }

        return new JobReceipt(Start(job!) ? Acceptance.Started : Acceptance.Joined);
    }

    private JobReceipt Refuse(string reason)
    {
        LogRefused(log, collection, reason);
        return new JobReceipt(Acceptance.Refused, reason);
    }

    private bool Start(Job job)
    {
        lock (_lock)
        {
            if (!_work.IsCompleted)
            {
                return false;
            }

            _stop?.Dispose();
            _stop = new CancellationTokenSource();
            _feed = new ProgressFeed(context.Clock);
            _work = WorkAsync(job, _feed, _stop.Token);
            return true;
        }
    }

    private async Task WorkAsync(Job job, ProgressFeed feed, CancellationToken cancellationToken)
    {
        // An exception that was not foreseen ends the job with its message.
#pragma warning disable CA1031
        try
        {
            var ended = job with
            {
                State = JobState.Done,
                Report = await DoWhileWantedAsync(job, feed, cancellationToken).ConfigureAwait(false),
            };
            await context.Store.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            await EndAsync(ended, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
            when (cancellationToken.IsCancellationRequested
                || error is StoreException and not DamagedArtifactException or TimeoutException or OperationCanceledException
            )
        {
            // Cancelled, or a store or a cluster that does not answer: the store's record decides whether a process continues the job.
            LogStopped(log, collection, job.Number, error.Message);
            feed.Report(new ProgressReport("job", 0, 0, 0, error is OperationCanceledException ? null : error.Message));
        }
        catch (Exception error)
        {
            LogFailed(log, error, collection, job.Number, error.Message);
            await EndAsync(job with { State = JobState.Failed, Reason = error.Message }, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            feed.End();
        }
#pragma warning restore CA1031
    }

    private async Task<JobReport> DoWhileWantedAsync(Job job, ProgressFeed feed, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = DoAsync(job, feed, stop.Token);
        var unwanted = UnwantedAsync(job, stop.Token);
        await Task.WhenAny(work, unwanted).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await unwanted.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (unwanted.Exception?.InnerException is { } error)
        {
            LogNotLooked(log, collection, job.Number, error.Message);
        }

        return await work.ConfigureAwait(false);
    }

    // Another process may have ended the job, or replaced it with another one.
    private async Task UnwantedAsync(Job job, CancellationToken cancellationToken)
    {
        Job? now;
        do
        {
            await Task.Delay(timeouts.Wake, context.Clock, cancellationToken).ConfigureAwait(false);
            now = await JobStore.ReadAsync(context.Store, collection, cancellationToken).ConfigureAwait(false);
        } while (now is { State: JobState.Running } && now.Number == job.Number);
    }

    private async Task<JobReport> DoAsync(Job job, ProgressFeed feed, CancellationToken cancellationToken)
    {
        var started = context.Clock.GetTimestamp();
        if (job.Films is { } films)
        {
            var report = await new CollectionIndexer(context, dispatcher)
                .IndexAsync(collection, films, feed, cancellationToken)
                .ConfigureAwait(false);
            IndexingMetrics.Count(collection, report);
            return JobReport.From(report);
        }

        var map = await dispatcher.MakeMapAsync(collection, job.Train, feed, cancellationToken).ConfigureAwait(false);
        return new JobReport(0, map?.Frames ?? 0, 0, [], 0, map, Math.Round(context.Clock.GetElapsedTime(started).TotalSeconds, 3));
    }

    private Task EndAsync(Job ended, CancellationToken cancellationToken) =>
        JobStore.ChangeAsync(
            context.Store,
            collection,
            job => job is { State: JobState.Running } && job.Number == ended.Number ? ended : job,
            cancellationToken
        );
}
