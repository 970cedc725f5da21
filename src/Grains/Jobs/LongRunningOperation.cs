using OrleansAtlas.Contracts;
using OrleansAtlas.Errors;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

// Why: docs/decisions/long-calls.md
/// <summary>Work that takes longer than one call: the first call starts it, later calls with the same key join it, and it is cancelled
/// when no call has come for <see cref="WorkTimeouts.Unasked"/>. Results are in the store, so nothing is lost by that.</summary>
public sealed class LongRunningOperation<T>(WorkTimeouts timeouts, TimeProvider clock, WorkLog log)
{
    private readonly Lock _lock = new();
    private Run? _run;

    /// <summary>Starts the work or joins it, and waits up to <see cref="WorkTimeouts.Question"/> for its end.</summary>
    /// <param name="key">Identifies the work (<see cref="WorkKey"/>): other work under way is cancelled, then this takes its place.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the work.</param>
    public async Task<OperationStatus<T>> AskAsync(
        string key,
        Func<IProgress<ProgressReport>, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        var run = Join(key, work);
        try
        {
            await ((Task)run.Task)
                .WaitAsync(timeouts.Question, clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            return run.Key == key && run.Task.IsCompleted && !run.Task.IsCanceled
                ? new OperationStatus<T>(OperationState.Ended, await run.Task.ConfigureAwait(false))
                : new OperationStatus<T>(OperationState.AtWork, default, run.Last);
        }
        catch (AtlasException error)
        {
            return new OperationStatus<T>(OperationState.Failed, default, Reason: error.Message);
        }
        finally
        {
            Leave(run);
        }
    }

    /// <summary>Waits up to <see cref="WorkTimeouts.Grace"/> for the work to end, then cancels it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_run is { } run)
        {
            await ((Task)run.Task)
                .WaitAsync(timeouts.Grace, clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await AbandonAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Cancels the work at once.</summary>
    public async Task AbandonAsync()
    {
        if (_run is { } run)
        {
            await run.Stop.CancelAsync().ConfigureAwait(false);
            await ((Task)run.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Run Join(string key, Func<IProgress<ProgressReport>, CancellationToken, Task<T>> work)
    {
        lock (_lock)
        {
            if (_run is not null && _run.Key != key)
            {
                _run.Stop.Cancel();
                return _run;
            }

            _run ??= new Run(key, work, clock, log);
            _run.Stop.CancelAfter(timeouts.Unasked);
            return _run;
        }
    }

    // The result is returned once; a caller whose answer was lost asks again and finds the work done in the store.
    private void Leave(Run run)
    {
        lock (_lock)
        {
            if (run.Task.IsCompleted && _run == run)
            {
                _run.Stop.CancelAfter(Timeout.InfiniteTimeSpan);
                _run = null;
            }
        }
    }

    private sealed class Run : IProgress<ProgressReport>
    {
        public Run(string key, Func<IProgress<ProgressReport>, CancellationToken, Task<T>> work, TimeProvider clock, WorkLog log)
        {
            Key = key;
            Stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
            Task = LoggedAsync(work, log);
        }

        public string Key { get; }

        public CancellationTokenSource Stop { get; }

        public Task<T> Task { get; }

        public ProgressReport? Last { get; private set; }

        public void Report(ProgressReport value) => Last = value;

        private async Task<T> LoggedAsync(Func<IProgress<ProgressReport>, CancellationToken, Task<T>> work, WorkLog log)
        {
            try
            {
                return await work(this, Stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                log.Stopped();
                throw;
            }
            catch (Exception error)
            {
                log.Failed(error);
                throw;
            }
        }
    }
}
