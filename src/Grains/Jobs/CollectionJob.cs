using System.Runtime.CompilerServices;
using OrleansAtlas.Contracts;
using OrleansAtlas.Errors;
using OrleansAtlas.Indexing;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>A collection's job in a cluster: takes it, does it in the background, tells about it. The store says what there is to
/// do, so any process can take a job up where another left it; two at once do no harm, for they write the same artifacts.</summary>
public sealed class CollectionJob(WorkContext tools, IWorkDispatcher actors, WorkTimeouts patience, string collection) : IDisposable
{
    private readonly Lock _lock = new();
    private ProgressFeed _feed = new(tools.Clock);
    private CancellationTokenSource? _stop;
    private Task _work = Task.CompletedTask;

    /// <summary>Takes films to add; makes the collection where it is not there.</summary>
    public async Task<JobReceipt> SubmitAsync(Submission submission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submission);
        try
        {
            var opening = await CollectionFactory.OpenAsync(tools, collection, submission.Wish, cancellationToken).ConfigureAwait(false);
            return opening.Refusal is { } refusal
                ? new JobReceipt(Acceptance.Refused, refusal)
                : await AcceptAsync(new Job { Collection = collection, Films = submission.Films }, cancellationToken).ConfigureAwait(false);
        }
        catch (ModelException error)
        {
            return new JobReceipt(Acceptance.Refused, error.Message);
        }
    }

    /// <summary>Takes a model to fit.</summary>
    public async Task<JobReceipt> TrainAsync(TrainRequest request, CancellationToken cancellationToken) =>
        await CollectionStore.OpenAsync(tools.Store, collection, cancellationToken).ConfigureAwait(false) is null
            ? new JobReceipt(Acceptance.Refused, Job.MissingCollection(collection))
            : await AcceptAsync(new Job { Collection = collection, Train = request }, cancellationToken).ConfigureAwait(false);

    /// <summary>Takes up the job that the store says is not ended, unless this process is at it.</summary>
    public async Task WakeAsync(CancellationToken cancellationToken)
    {
        if (await JobStore.ReadAsync(tools.Store, collection, cancellationToken).ConfigureAwait(false) is { State: JobState.Running } job)
        {
            Start(job);
        }
    }

    /// <summary>What the collection was made with; null where there is none of its name.</summary>
    public async Task<CollectionSettings?> SettingsAsync(CancellationToken cancellationToken) =>
        (await CollectionStore.OpenAsync(tools.Store, collection, cancellationToken).ConfigureAwait(false))?.Settings;

    /// <summary>The job as the store has it, and its progress as this process sees it.</summary>
    public async Task<JobStatus> StatusAsync(CancellationToken cancellationToken) =>
        new(await JobStore.ReadAsync(tools.Store, collection, cancellationToken).ConfigureAwait(false), _feed.Now);

    /// <summary>Progress until the job ends or is handed on to another process: then ask for the status.</summary>
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

    /// <summary>Ends the job; what was done is kept.</summary>
    public async Task CancelAsync(CancellationToken cancellationToken)
    {
        await JobStore
            .ChangeAsync(
                tools.Store,
                collection,
                job => job is { State: JobState.Running } ? job with { State = JobState.Cancelled } : job,
                cancellationToken
            )
            .ConfigureAwait(false);
        await StopAsync().ConfigureAwait(false);
    }

    /// <summary>Stops working; the store still says that there is something to do.</summary>
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
                tools.Store,
                collection,
                before => before is { State: JobState.Running } ? before : wanted with { Number = (before?.Number ?? 0) + 1 },
                cancellationToken
            )
            .ConfigureAwait(false);
        var (number, same) = (
            job!.Number,
            StoreJson.ToBytes(job).AsSpan().SequenceEqual(StoreJson.ToBytes(wanted with { Number = job.Number }))
        );
        if (!same)
        {
            return new JobReceipt(
                Acceptance.Refused,
                $"Collection '{collection}' is at another job (number {number}); wait for it (atlas watch) or end it (atlas cancel)."
            );
        }

        return new JobReceipt(Start(job) ? Acceptance.Started : Acceptance.Joined);
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
            _feed = new ProgressFeed(tools.Clock);
            _work = WorkAsync(job, _feed, _stop.Token);
            return true;
        }
    }

    private async Task WorkAsync(Job job, ProgressFeed feed, CancellationToken cancellationToken)
    {
        // A job must not die of what was not foreseen without anybody hearing of it.
#pragma warning disable CA1031
        try
        {
            var ended = job with
            {
                State = JobState.Done,
                Report = await DoWhileWantedAsync(job, feed, cancellationToken).ConfigureAwait(false),
            };
            await EndAsync(ended, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
            when (cancellationToken.IsCancellationRequested || error is StoreException or TimeoutException or OperationCanceledException)
        {
            // Cancelled, handed on, or a store or a cluster that does not answer: what the store says stays true, and somebody takes it up
            // again.
            feed.Report(new ProgressReport("job", 0, 0, 0, error is OperationCanceledException ? null : error.Message));
        }
        catch (Exception error)
        {
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
        return await work.ConfigureAwait(false);
    }

    // A process that saw nothing of this one, for a while, may have ended the job or put another in its place.
    private async Task UnwantedAsync(Job job, CancellationToken cancellationToken)
    {
        Job? now;
        do
        {
            await Task.Delay(patience.Wake, tools.Clock, cancellationToken).ConfigureAwait(false);
            now = await JobStore.ReadAsync(tools.Store, collection, cancellationToken).ConfigureAwait(false);
        } while (now is { State: JobState.Running } && now.Number == job.Number);
    }

    private async Task<JobReport> DoAsync(Job job, ProgressFeed feed, CancellationToken cancellationToken)
    {
        var started = tools.Clock.GetTimestamp();
        if (job.Films is { } films)
        {
            return JobReport.From(
                await new CollectionIndexer(tools, actors).IndexAsync(collection, films, feed, cancellationToken).ConfigureAwait(false)
            );
        }

        var map = await actors.MakeMapAsync(collection, job.Train, feed, cancellationToken).ConfigureAwait(false);
        return new JobReport(0, map?.Frames ?? 0, 0, [], 0, map, Math.Round(tools.Clock.GetElapsedTime(started).TotalSeconds, 3));
    }

    private Task EndAsync(Job ended, CancellationToken cancellationToken) =>
        JobStore.ChangeAsync(
            tools.Store,
            collection,
            job => job is { State: JobState.Running } && job.Number == ended.Number ? ended : job,
            cancellationToken
        );
}
