using OrleansAtlas.Errors;
using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>Calls that survive silos that come and go: every one may be made twice. The only place where calls are repeated.</summary>
public static class ClusterCalls
{
    private const int Attempts = 40;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Asks until the work has ended.</summary>
    /// <exception cref="AtlasException">It cannot be done, for the reason given.</exception>
    /// <exception cref="TimeoutException">Nobody answers.</exception>
    public static async Task<T?> UntilEndedAsync<T>(
        Func<CancellationToken, Task<OperationStatus<T>>> ask,
        IProgress<ProgressReport>? progress,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var poll = await RetryAsync(ask, cancellationToken);
            switch (poll.State)
            {
                case OperationState.Ended:
                    return poll.Value;
                case OperationState.Failed:
                    throw new AtlasException(poll.Reason!);
                case OperationState.AtWork when poll.Progress is { } report:
                    progress?.Report(report);
                    break;
            }
        }
    }

    /// <summary>Makes a call, again and again where it is lost.</summary>
    /// <exception cref="TimeoutException">Nobody answers.</exception>
    public static async Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call(cancellationToken);
            }
            catch (Exception error) when (IsLost(error, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (attempt == Attempts)
                {
                    throw new TimeoutException($"The cluster did not answer {Attempts} times in a row, last with: {error.Message}", error);
                }

                await PauseAsync(attempt, cancellationToken);
            }
        }
    }

    /// <summary>Waits before the next attempt: longer each time, and not everybody at once.</summary>
    public static Task PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        var most = Math.Min(50 * Math.Pow(2, Math.Min(attempt, 10)), Longest.TotalMilliseconds);
        return Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * most), cancellationToken);
    }

    /// <summary>Whether a call failed since its answer, or the silo it went to, was lost.</summary>
    public static bool IsLost(Exception error, CancellationToken cancellationToken) =>
        error is OrleansException or TimeoutException or EnumerationAbortedException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
