using OrleansAtlas.Contracts;
using OrleansAtlas.Errors;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>Work that takes longer than a question may: the first question starts it, the same question asked again joins it,
/// and work that nobody asks about any more is stopped. Nothing is lost with it, for its results are in the store.</summary>
public sealed class LongRunningOperation<T>(WorkTimeouts patience, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private Run? _run;

    /// <summary>Starts the work or joins it, and waits a while for its end.</summary>
    /// <param name="what">Names the work: another name stops what is going on and takes its place.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Stops waiting, not working.</param>
    public async Task<OperationStatus<T>> AskAsync(
        string what,
        Func<IProgress<ProgressReport>, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(work);
        var run = Join(what, work);
        try
        {
            await ((Task)run.Task)
                .WaitAsync(patience.Question, clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            return run.What == what && run.Task.IsCompleted && !run.Task.IsCanceled
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

    /// <summary>Gives the work in hand the time of grace to end, then stops it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_run is { } run)
        {
            await ((Task)run.Task)
                .WaitAsync(patience.Grace, clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await AbandonAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops the work at once.</summary>
    public async Task AbandonAsync()
    {
        if (_run is { } run)
        {
            await run.Stop.CancelAsync().ConfigureAwait(false);
            await ((Task)run.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Run Join(string what, Func<IProgress<ProgressReport>, CancellationToken, Task<T>> work)
    {
        lock (_lock)
        {
            if (_run is not null && _run.What != what)
            {
                _run.Stop.Cancel();
                return _run;
            }

            _run ??= new Run(what, work, clock);
            _run.Stop.CancelAfter(patience.Unasked);
            return _run;
        }
    }

    // Work that ended is told once; whoever asks again after a lost answer finds it done in the store.
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
        public Run(string what, Func<IProgress<ProgressReport>, CancellationToken, Task<T>> work, TimeProvider clock)
        {
            What = what;
            Stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
            Task = work(this, Stop.Token);
        }

        public string What { get; }

        public CancellationTokenSource Stop { get; }

        public Task<T> Task { get; }

        public ProgressReport? Last { get; private set; }

        public void Report(ProgressReport value) => Last = value;
    }
}
