using System.Runtime.CompilerServices;
using OrleansAtlas.Contracts;
using OrleansAtlas.Work;

namespace OrleansAtlas.ClusterClient;

public sealed partial class AtlasClusterClient
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>Reports the progress of a collection's job until it has ended, and of those that waited for it, also when the silo that
    /// reports it is lost; ends at once if no job is running. <see cref="StatusAsync"/> then tells how it ended.</summary>
    /// <exception cref="TimeoutException">The cluster does not answer any more.</exception>
    public IAsyncEnumerable<ProgressReport> WatchAsync(string collection, CancellationToken cancellationToken = default) =>
        WatchAsync(collection, _ => true, cancellationToken);

    private async IAsyncEnumerable<ProgressReport> WatchAsync(
        string collection,
        Func<Job?, bool> wanted,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var reports = Grain(collection).WatchAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            var step = Step.More;
            try
            {
                while ((step = await NextAsync(reports, cancellationToken).ConfigureAwait(false)) == Step.More)
                {
                    attempt = 1;
                    yield return reports.Current;
                }
            }
            finally
            {
                await CloseAsync(reports, cancellationToken).ConfigureAwait(false);
            }

            if (step == Step.Lost)
            {
                var message = attempt == 1 ? "The silo that told of the progress is gone; asking the others." : null;
                yield return new ProgressReport("cluster", 0, 1, 0, message);
            }

            var job = (await StatusAsync(collection, cancellationToken).ConfigureAwait(false)).Job;
            if (job is not { State: JobState.Running } || !wanted(job))
            {
                yield break;
            }

            await ClusterCalls.PauseAsync(attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reports the progress of the job of one number until it has ended, also while it waits for others, and when the silo that
    /// reports it is lost. <see cref="JobsAsync"/> then tells how it ended.</summary>
    /// <exception cref="TimeoutException">The cluster does not answer any more.</exception>
    public async IAsyncEnumerable<ProgressReport> WatchAsync(
        string collection,
        int number,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var ahead = -1;
        while (true)
        {
            var jobs = await JobsAsync(collection, cancellationToken).ConfigureAwait(false);
            switch (jobs.FirstOrDefault(job => job.Number == number)?.State)
            {
                case JobState.Queued:
                    var before = jobs.Count(job => job.State is JobState.Running or JobState.Queued && job.Number < number);
                    if (before != ahead)
                    {
                        var message = $"Job {number} of collection '{collection}' waits for {before} that came before it.";
                        yield return new ProgressReport("wait", 0, before, 0, message);
                    }

                    ahead = before;
                    await Task.Delay(LookAgain, cancellationToken).ConfigureAwait(false);
                    break;
                case JobState.Running:
                    await foreach (
                        var report in WatchAsync(collection, job => job?.Number == number, cancellationToken).ConfigureAwait(false)
                    )
                    {
                        yield return report;
                    }

                    break;
                default:
                    yield break;
            }
        }
    }

    private static async Task<Step> NextAsync(IAsyncEnumerator<ProgressReport> reports, CancellationToken cancellationToken)
    {
        try
        {
            return await reports.MoveNextAsync().ConfigureAwait(false) ? Step.More : Step.End;
        }
        catch (Exception error) when (ClusterCalls.IsLost(error, cancellationToken))
        {
            return Step.Lost;
        }
    }

    // A silo that is lost cannot be told that nobody listens any more.
    private static async Task CloseAsync(IAsyncEnumerator<ProgressReport> reports, CancellationToken cancellationToken)
    {
        try
        {
            await reports.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (ClusterCalls.IsLost(error, cancellationToken)) { }
    }

    private enum Step
    {
        More,
        End,
        Lost,
    }
}
