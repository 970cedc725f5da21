using System.Diagnostics;

namespace OrleansAtlas.Bench;

/// <summary>Waits of a fixed length. The runtime's own timers look at a clock that moves every 4 ms, so they would wait 50 to 54 ms
/// for 50 and hide what is measured.</summary>
internal sealed class FixedWait
{
    private readonly TimeSpan _length;
    private readonly Queue<(long Until, TaskCompletionSource Over)> _waiting = new();

    public FixedWait(TimeSpan length)
    {
        _length = length;
        new Thread(Ring) { IsBackground = true, Priority = ThreadPriority.AboveNormal }.Start();
    }

    /// <summary>Over when the length is over.</summary>
    public Task WaitAsync()
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            _waiting.Enqueue((Stopwatch.GetTimestamp() + (long)(_length.TotalSeconds * Stopwatch.Frequency), over));
            Monitor.Pulse(_waiting);
        }

        return over.Task;
    }

    private void Ring()
    {
        lock (_waiting)
        {
            while (true)
            {
                if (!_waiting.TryPeek(out var next))
                {
                    Monitor.Wait(_waiting);
                }
                else if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), next.Until) is { Ticks: > 0 } left)
                {
                    Monitor.Wait(_waiting, Math.Max(1, (int)Math.Round(left.TotalMilliseconds)));
                }
                else
                {
                    _waiting.Dequeue().Over.SetResult();
                }
            }
        }
    }
}
