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

    private Task<JobBook?> ChangeAsync(Func<JobBook?, JobBook?> change, CancellationToken cancellationToken) =>
        JobStore.ChangeAsync(context.Store, collection, change, cancellationToken);
}
