using System.Threading.Channels;

namespace OrleansAtlas.Runtime;

// Why: docs/decisions/threads-and-memory.md
/// <summary>A fixed number of threads of their own for heavy work, below normal priority, behind one bounded queue:
/// the thread pool, and with it timers, calls and health answers, stays free. Asking waits where the queue is full.</summary>
public sealed class ComputePool : IDisposable
{
    private readonly Channel<Action> _queue;
    private readonly Thread[] _threads;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">At least 1; usually one a core.</param>
    public ComputePool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _queue = Channel.CreateBounded<Action>(new BoundedChannelOptions(4 * threads) { FullMode = BoundedChannelFullMode.Wait });
        _threads =
        [
            .. Enumerable
                .Range(0, threads)
                .Select(n => new Thread(Work)
                {
                    Name = $"compute {n}",
                    IsBackground = true,
                    Priority = ThreadPriority.BelowNormal,
                }),
        ];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Threads in the pool.</summary>
    public int Threads => _threads.Length;

    /// <summary>Pieces of work that wait for a thread.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Runs a function on one of the threads and gives its result, or the exception it threw.</summary>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(Work, cancellationToken).ConfigureAwait(false);
        return await done.Task.ConfigureAwait(false);

        void Work()
        {
            if (cancellationToken.IsCancellationRequested)
            {
                done.TrySetCanceled(cancellationToken);
                return;
            }

#pragma warning disable CA1031 // Whatever the work throws belongs to whoever asked for it.
            try
            {
                done.TrySetResult(work());
            }
            catch (Exception error)
            {
                done.TrySetException(error);
            }
#pragma warning restore CA1031
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Action work, CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                work();
                return true;
            },
            cancellationToken
        );

    /// <summary>Lets the queue run empty and ends the threads.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    private void Work()
    {
        while (true)
        {
            // A thread of our own may block here: that is what it is for.
            var ready = _queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult();
            if (!ready)
            {
                return;
            }

            while (_queue.Reader.TryRead(out var work))
            {
                work();
            }
        }
    }
}
