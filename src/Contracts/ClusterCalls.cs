using OrleansAtlas.Errors;
using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>Makes grain calls that survive the loss of silos. Every call may be made twice; nowhere else are calls repeated.</summary>
public static class ClusterCalls
{
    private const int Attempts = 40;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Asks for the status of work until it has ended.</summary>
    /// <param name="ask">Starts the work or joins it, and returns its status.</param>
    /// <param name="progress">Receives the progress of the work.</param>
    /// <param name="retrying">Is told the number of an attempt that was lost, and why.</param>
    /// <param name="cancellationToken">Cancels the asking; the work ends by itself when nobody asks.</param>
    /// <returns>The result of the work.</returns>
    /// <exception cref="AtlasException">The work failed, for the reason given.</exception>
    /// <exception cref="TimeoutException">No silo answers.</exception>
    public static async Task<T?> UntilEndedAsync<T>(
        Func<CancellationToken, Task<OperationStatus<T>>> ask,
        IProgress<ProgressReport>? progress,
        Action<int, Exception>? retrying,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var status = await RetryAsync(ask, retrying, cancellationToken);
            switch (status.State)
            {
                case OperationState.Ended:
                    return status.Value;
                case OperationState.Failed:
                    throw new AtlasException(status.Reason!);
                case OperationState.AtWork when status.Progress is { } report:
                    progress?.Report(report);
                    break;
            }
        }
    }

    /// <inheritdoc cref="RetryAsync{T}(Func{CancellationToken, Task{T}}, Action{int, Exception}, CancellationToken)"/>
    public static Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        RetryAsync(call, null, cancellationToken);

    /// <summary>Makes a call, and repeats it while it is lost.</summary>
    /// <param name="call">The call.</param>
    /// <param name="retrying">Is told the number of an attempt that was lost, and why.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="TimeoutException">No silo answers.</exception>
    public static async Task<T> RetryAsync<T>(
        Func<CancellationToken, Task<T>> call,
        Action<int, Exception>? retrying,
        CancellationToken cancellationToken
    )
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

                retrying?.Invoke(attempt, error);
                await PauseAsync(attempt, cancellationToken);
            }
        }
    }

    /// <summary>Waits before the next attempt: a random time that grows with the number of attempts, 5 s at most.</summary>
    public static Task PauseAsync(int attempt, CancellationToken cancellationToken)
    {
        var most = Math.Min(50 * Math.Pow(2, Math.Min(attempt, 10)), Longest.TotalMilliseconds);
        return Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * most), cancellationToken);
    }

    /// <summary>Whether a call failed because its answer, or the silo it went to, was lost.</summary>
    public static bool IsLost(Exception error, CancellationToken cancellationToken) =>
        error is OrleansException or TimeoutException or EnumerationAbortedException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
