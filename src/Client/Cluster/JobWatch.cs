using OrleansAtlas.Client.Output;
using OrleansAtlas.Contracts;
using OrleansAtlas.Work;

namespace OrleansAtlas.Client.Cluster;

/// <summary>Follows a job to its end, through silos that go and come.</summary>
internal static class JobWatch
{
    /// <summary>Shows progress until the job has ended.</summary>
    /// <returns>The job; null where there was none.</returns>
    public static Task<Job?> ToEndAsync(ICollectionGrain collection, CancellationToken cancellationToken) =>
        ProgressLines.ShowAsync(progress => FollowAsync(collection, progress, cancellationToken));

    private static async Task<Job?> FollowAsync(
        ICollectionGrain collection,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await foreach (var report in collection.WatchAsync(cancellationToken).WithCancellation(cancellationToken))
                {
                    progress.Report(report);
                    attempt = 1;
                }
            }
            catch (Exception error) when (ClusterCalls.IsLost(error, cancellationToken))
            {
                var message = attempt == 1 ? "The silo that told of the progress is gone; asking the others." : null;
                progress.Report(new ProgressReport("cluster", 0, 1, 0, message));
            }

            var status = await ClusterCalls.RetryAsync(collection.StatusAsync, cancellationToken);
            if (status.Job is not { State: JobState.Running })
            {
                return status.Job;
            }

            await ClusterCalls.PauseAsync(attempt, cancellationToken);
        }
    }
}
