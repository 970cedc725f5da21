using System.Collections.Concurrent;

namespace OrleansAtlas.Hosting;

/// <summary>The runs of one <see cref="Atlas"/>: one at a time for a collection, and none outlives it.</summary>
internal sealed class RunningWork : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Runs work on a collection when the runs before it have ended.</summary>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public async Task<T> RunAsync<T>(string collection, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, typeof(Atlas));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        var turn = _turns.GetOrAdd(collection, _ => new SemaphoreSlim(1, 1));
        var run = InTurnAsync(turn, work, stop.Token);
        _running[run] = true;
        try
        {
            return await run.ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove(run, out _);
        }
    }

    /// <summary>Cancels what runs and waits for its end; what it stored is kept.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private static async Task<T> InTurnAsync<T>(SemaphoreSlim turn, Func<CancellationToken, Task<T>> work, CancellationToken stop)
    {
        await turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            return await work(stop).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }
}
