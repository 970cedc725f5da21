using System.Collections.Concurrent;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Rendering.Drawing;

/// <summary>Between a picture that is made asynchronously and the codec that asks for its rows: a few strips, from the top.
/// The maker waits without a thread, the codec on the thread it writes on.</summary>
internal sealed class StripQueue : IDisposable
{
    private const int Strips = 3;
    private readonly BlockingCollection<(byte[] Buffer, int Length)> _full = [];
    private readonly ConcurrentQueue<byte[]> _empty = new();
    private readonly SemaphoreSlim _room = new(Strips);
    private (byte[] Buffer, int Length) _current = ([], 0);
    private int _used;

    /// <summary>Makes a picture and writes it at the same time.</summary>
    /// <param name="codec">Writes the file.</param>
    /// <param name="path">Where to.</param>
    /// <param name="width">Pixels a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="dotsPerInch">Noted in the file.</param>
    /// <param name="make">Adds all rows to the queue, from the top.</param>
    /// <param name="cancellationToken">Stops both.</param>
    public static async Task WriteAsync(
        IImageCodec codec,
        string path,
        int width,
        int height,
        int dotsPerInch,
        Func<StripQueue, CancellationToken, Task> make,
        CancellationToken cancellationToken
    )
    {
        using var queue = new StripQueue();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = Task.Factory.StartNew(
            () => codec.Write(path, width, height, (_, rows) => queue.Take(rows, stop.Token), dotsPerInch, stop.Token),
            stop.Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        var making = make(queue, stop.Token);
        await StopBothAsync(making, writing, stop).ConfigureAwait(false);
    }

    /// <summary>A buffer for a strip; comes back through <see cref="Add"/>.</summary>
    public async Task<byte[]> RentAsync(int length, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        return _empty.TryDequeue(out var buffer) && buffer.Length >= length ? buffer : new byte[length];
    }

    /// <summary>Hands over the next strip.</summary>
    public void Add(byte[] buffer, int length) => _full.Add((buffer, length));

    public void Dispose()
    {
        _full.Dispose();
        _room.Dispose();
    }

    private void Take(Span<byte> rows, CancellationToken cancellationToken)
    {
        while (rows.Length > 0)
        {
            if (_used == _current.Length)
            {
                _current = _full.Take(cancellationToken);
                _used = 0;
            }

            var length = Math.Min(rows.Length, _current.Length - _used);
            _current.Buffer.AsSpan(_used, length).CopyTo(rows);
            rows = rows[length..];
            _used += length;
            if (_used == _current.Length)
            {
                _empty.Enqueue(_current.Buffer);
                _room.Release();
            }
        }
    }

    /// <summary>The first of the two that fails is the one that knows why; the other is stopped and waited for.</summary>
    private static async Task StopBothAsync(Task making, Task writing, CancellationTokenSource stop)
    {
        var first = await Task.WhenAny(making, writing).ConfigureAwait(false);
        if (!first.IsCompletedSuccessfully)
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(making, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await first.ConfigureAwait(false);
        }

        await making.ConfigureAwait(false);
        await writing.ConfigureAwait(false);
    }
}
