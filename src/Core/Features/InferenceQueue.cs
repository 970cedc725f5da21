using System.Threading.Channels;
using OrleansAtlas.Errors;
using OrleansAtlas.Runtime;

namespace OrleansAtlas.Features;

// Why: docs/decisions/descriptors.md
/// <summary>The one inference session of a process behind a bounded queue and threads of its own. Where the session takes
/// bigger batches than one request fills (a GPU), requests of several films are put together; on a CPU each request is
/// described by itself, so that a segment's numbers do not depend on what else is running.</summary>
public sealed class InferenceQueue : IDisposable
{
    // Squares of one request.
    private const int MostSquares = 4;

    private readonly Func<IFeatureExtractor> _open;
    private readonly Ledger _ledger;
    private readonly Channel<Request> _queue = Channel.CreateBounded<Request>(64);
    private readonly Lock _opening = new();
    private volatile IFeatureExtractor? _extractor;
    private Thread[] _threads = [];

    /// <summary>Nothing is opened yet.</summary>
    /// <param name="open">Opens the model when a frame is to be described. Where it throws, as with <see cref="ModelException"/>,
    /// it is called again by the next who asks: what is in the way may be gone then.</param>
    /// <param name="ledger">Where its time is counted.</param>
    public InferenceQueue(Func<IFeatureExtractor> open, Ledger ledger) => (_open, _ledger) = (open, ledger);

    /// <summary>The session, which is opened where it is not yet.</summary>
    public IFeatureExtractor Extractor => _extractor ?? Open();

    /// <summary>Requests that wait.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Frames worth giving in one request.</summary>
    public int FramesPerRequest => Math.Max(1, Math.Min(Extractor.BatchSize, MostSquares) / Descriptor.SquaresPerFrame);

    /// <summary>Requests of one segment worth having under way at once.</summary>
    public int RequestsAtOnce => Together ? Math.Max(Extractor.Lanes, Extractor.BatchSize / MostSquares) : Extractor.Lanes;

    // A GPU takes what is there of all films; one segment alone may fill a batch of it.
    private bool Together => Extractor.Provider != "cpu";

    /// <summary>Describes squares; waits where the queue is full.</summary>
    /// <param name="squares">RGB8 <c>[count, side, side, 3]</c>; not to be touched before the task ends.</param>
    /// <param name="count">Number of squares.</param>
    /// <param name="descriptors">Receives <c>[count, dimensions]</c>.</param>
    /// <param name="cancellationToken">Gives up waiting for a place.</param>
    public async Task DescribeAsync(byte[] squares, int count, float[] descriptors, CancellationToken cancellationToken)
    {
        _ = Extractor;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = new Request(squares, count, descriptors, done);
        await _queue.Writer.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        await done.Task.ConfigureAwait(false);
    }

    /// <summary>Ends the threads after the requests in hand, then closes the session.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        lock (_opening)
        {
            Array.ForEach(_threads, thread => thread.Join());
            _extractor?.Dispose();
        }
    }

    private IFeatureExtractor Open()
    {
        lock (_opening)
        {
            if (_extractor is null)
            {
                ObjectDisposedException.ThrowIf(_queue.Reader.Completion.IsCompleted, this);
                _extractor = _open();
                _threads = [.. Enumerable.Range(0, _extractor.Lanes).Select(Lane)];
                _ledger.SetWorkers(Stage.Describe, _threads.Length);
                Array.ForEach(_threads, thread => thread.Start());
            }

            return _extractor;
        }
    }

    private Thread Lane(int number) =>
        new(Work)
        {
            Name = $"describe {number}",
            IsBackground = true,
            Priority = ThreadPriority.BelowNormal,
        };

    private void Work()
    {
        var batch = new List<Request>();
        while (true)
        {
            using (_ledger.Waiting(Stage.Describe))
            {
                if (!_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
                {
                    return;
                }
            }

            if (!_queue.Reader.TryRead(out var first))
            {
                continue;
            }

            batch.Clear();
            batch.Add(first);
            var squares = first.Count;

            // Another lane may take what was seen: so there must be room for any request.
            while (Together && squares + MostSquares <= Extractor.BatchSize && _queue.Reader.TryRead(out var next))
            {
                batch.Add(next);
                squares += next.Count;
            }

            Describe(batch, squares);
        }
    }

    private void Describe(List<Request> batch, int squares)
    {
#pragma warning disable CA1031 // Whatever the session throws belongs to those who asked.
        try
        {
            using (_ledger.Work(Stage.Describe))
            {
                if (batch.Count == 1)
                {
                    Extractor.Describe(batch[0].Squares, squares, batch[0].Descriptors);
                }
                else
                {
                    DescribeTogether(batch, squares);
                }
            }

            _ledger.Add(Stage.Describe, squares / Descriptor.SquaresPerFrame);
            batch.ForEach(request => request.Done.SetResult());
        }
        catch (Exception error)
        {
            batch.ForEach(request => request.Done.TrySetException(error));
        }
#pragma warning restore CA1031
    }

    private void DescribeTogether(List<Request> batch, int squares)
    {
        var bytes = Extractor.Card.InputSize * Extractor.Card.InputSize * 3;
        var dimensions = Extractor.Card.Dimensions;
        var (input, output) = (new byte[squares * bytes], new float[squares * dimensions]);
        var first = 0;
        foreach (var request in batch)
        {
            request.Squares.AsSpan(0, request.Count * bytes).CopyTo(input.AsSpan(first * bytes));
            first += request.Count;
        }

        Extractor.Describe(input, squares, output);
        first = 0;
        foreach (var request in batch)
        {
            output.AsSpan(first * dimensions, request.Count * dimensions).CopyTo(request.Descriptors);
            first += request.Count;
        }
    }

    private sealed record Request(byte[] Squares, int Count, float[] Descriptors, TaskCompletionSource Done);
}
