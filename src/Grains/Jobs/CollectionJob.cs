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
    private int? _running;
    private CancellationTokenSource? _stop;
    private Task _work = Task.CompletedTask;

    /// <summary>Accepts films to add; creates the collection if it does not exist.</summary>
    /// <param name="submission">What to add.</param>
    /// <param name="by">Who asks; null where nobody said.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<JobReceipt> SubmitAsync(Submission submission, string? by, CancellationToken cancellationToken)
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
                : await AcceptAsync(
                        new Job
                        {
                            Collection = collection,
                            Films = submission.Films,
                            By = by,
                        },
                        cancellationToken
                    )
                    .ConfigureAwait(false);
        }
        catch (ModelException error)
        {
            return Refuse(error.Message);
        }
    }

    /// <summary>Accepts a model to fit.</summary>
    /// <inheritdoc cref="SubmitAsync"/>
    public async Task<JobReceipt> TrainAsync(TrainRequest request, string? by, CancellationToken cancellationToken) =>
        await CollectionStore.OpenAsync(context.Store, collection, cancellationToken).ConfigureAwait(false) is null
            ? Refuse(Job.MissingCollection(collection))
            : await AcceptAsync(
                    new Job
                    {
                        Collection = collection,
                        Train = request,
                        By = by,
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);

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

    /// <summary>Cancels a job, at work or waiting; what was done is kept, and the next one that waits begins.</summary>
    /// <param name="number">Its number; null for the one at work.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task CancelAsync(int? number, CancellationToken cancellationToken)
    {
        var book = await ChangeAsync(book => book?.Cancel(number, Now), cancellationToken).ConfigureAwait(false);
        if (_running is { } running && (book?.Last.State != JobState.Running || book.Last.Number != running))
        {
            await StopAsync().ConfigureAwait(false);
            await WakeAsync(cancellationToken).ConfigureAwait(false);
        }
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

    private DateTime Now => context.Clock.GetUtcNow().UtcDateTime;

    private async Task<JobReceipt> AcceptAsync(Job wanted, CancellationToken cancellationToken)
    {
        JobReceipt? receipt = null;
        var book = await ChangeAsync(
                before =>
                {
                    (var after, receipt) = JobBook.Accept(before, wanted, Now);
                    return after;
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        if (receipt!.Acceptance == Acceptance.Refused)
        {
            return Refuse(receipt.Reason!);
        }

        if (receipt.Acceptance == Acceptance.Queued)
        {
            LogQueued(log, collection, receipt.Number, receipt.Reason!);
        }

        // One that was accepted twice, or was running nowhere, runs here now.
        return Start(book!.Last) && receipt is { Acceptance: Acceptance.Joined } && receipt.Number == book.Last.Number
            ? receipt with
            {
                Acceptance = Acceptance.Started,
            }
            : receipt;
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
            _work = WorkAsync(job, _stop.Token);
            return true;
        }
    }

    // One after the other, until none waits.
    private async Task WorkAsync(Job first, CancellationToken cancellationToken)
    {
        for (var next = first; next is not null; )
        {
            ProgressFeed feed;
            lock (_lock)
            {
                _feed = feed = new ProgressFeed(context.Clock);
                _running = next.Number;
            }

            next = await WorkAsync(next, feed, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>The job that begins now that this one has ended; null if there is none, or this one goes on elsewhere.</returns>
    private async Task<Job?> WorkAsync(Job job, ProgressFeed feed, CancellationToken cancellationToken)
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
            return await EndAsync(ended).ConfigureAwait(false);
        }
        catch (Exception error)
            when (cancellationToken.IsCancellationRequested
                || error is StoreException and not DamagedArtifactException or TimeoutException or OperationCanceledException
            )
        {
            // Cancelled, or a store or a cluster that does not answer: the store's record decides whether a process continues the job.
            LogStopped(log, collection, job.Number, error.Message);
            feed.Report(new ProgressReport("job", 0, 0, 0, error is OperationCanceledException ? null : error.Message));
            return null;
        }
        catch (Exception error)
        {
            LogFailed(log, error, collection, job.Number, error.Message);
            return await EndAsync(job with { State = JobState.Failed, Reason = error.Message }).ConfigureAwait(false);
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

    private async Task<Job?> EndAsync(Job ended)
    {
        var book = await ChangeAsync(book => book?.End(ended, Now), CancellationToken.None).ConfigureAwait(false);
        return book is { Last: { State: JobState.Running } next } && next.Number != ended.Number ? next : null;
    }

    private Task<JobBook?> ChangeAsync(Func<JobBook?, JobBook?> change, CancellationToken cancellationToken) =>
        JobStore.ChangeAsync(context.Store, collection, change, cancellationToken);
}
