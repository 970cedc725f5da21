using OrleansAtlas.Contracts;
using OrleansAtlas.Errors;
using OrleansAtlas.Indexing;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

public sealed partial class CollectionJob
{
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

            // What silos found that had this job before and were lost is written down in the store.
            var store = await CollectionStore.RequireAsync(context.Store, collection, cancellationToken).ConfigureAwait(false);
            var changes = await store.ChangesSinceAsync(job.Started, cancellationToken).ConfigureAwait(false);
            return JobReport.From(report with { Changes = changes });
        }

        var map = await dispatcher.MakeMapAsync(collection, job.Train, feed, cancellationToken).ConfigureAwait(false);
        return new JobReport(0, map?.Frames ?? 0, 0, [], 0, map, Math.Round(context.Clock.GetElapsedTime(started).TotalSeconds, 3));
    }

    private async Task<Job?> EndAsync(Job ended)
    {
        var book = await ChangeAsync(book => book?.End(ended, Now), CancellationToken.None).ConfigureAwait(false);
        return book is { Last: { State: JobState.Running } next } && next.Number != ended.Number ? next : null;
    }
}
