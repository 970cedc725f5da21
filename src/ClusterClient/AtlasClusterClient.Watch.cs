using System.Runtime.CompilerServices;
using OrleansAtlas.Contracts;
using OrleansAtlas.Work;

namespace OrleansAtlas.ClusterClient;

public sealed partial class AtlasClusterClient
{
    /// <summary>Reports the progress of a collection's job until it has ended, also when the silo that reports it is lost; ends at once if
    /// no job is running. <see cref="StatusAsync"/> then tells how it ended.</summary>
    /// <exception cref="TimeoutException">The cluster does not answer any more.</exception>
    public async IAsyncEnumerable<ProgressReport> WatchAsync(
        string collection,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
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

            if ((await StatusAsync(collection, cancellationToken).ConfigureAwait(false)).Job is not { State: JobState.Running })
            {
                yield break;
            }

            await ClusterCalls.PauseAsync(attempt, cancellationToken).ConfigureAwait(false);
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
