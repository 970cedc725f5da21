using System.Collections.Concurrent;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests;

/// <summary>Answers as the test says, and remembers what it was asked. What a test does not expect to be asked throws.</summary>
internal sealed class FakeDispatcher : IWorkDispatcher
{
    public Func<string, CancellationToken, Task<VideoReceipt>> Video { get; init; } = (_, _) => throw new NotSupportedException();

    public Func<SegmentTask, CancellationToken, Task<SegmentReceipt>> Segment { get; init; } = (_, _) => throw new NotSupportedException();

    public Func<string, string, CancellationToken, Task<int>> Place { get; init; } = (_, _, _) => throw new NotSupportedException();

    public Func<string, CancellationToken, Task> Gather { get; init; } = (_, _) => throw new NotSupportedException();

    public Func<MapReceipt?> Map { get; init; } = () => throw new NotSupportedException();

    /// <summary>Films that were to be indexed.</summary>
    public ConcurrentQueue<string> Videos { get; } = [];

    /// <summary>Runs of segments that were to be made, in this order.</summary>
    public ConcurrentQueue<SegmentTask> Tasks { get; } = [];

    /// <summary>Segments that were to be made, in this order.</summary>
    public ConcurrentQueue<int> Segments { get; } = [];

    /// <summary>Films that were to be placed.</summary>
    public ConcurrentQueue<string> Placed { get; } = [];

    /// <summary>Parts that were to be gathered.</summary>
    public ConcurrentQueue<string> Parts { get; } = [];

    public Task<VideoReceipt> IndexVideoAsync(string collection, string videoId, CancellationToken cancellationToken)
    {
        Videos.Enqueue(videoId);
        return Video(videoId, cancellationToken);
    }

    public async Task<SegmentReceipt> RunSegmentAsync(SegmentTask task, CancellationToken cancellationToken)
    {
        Tasks.Enqueue(task);
        for (var one = task with { Count = 1 }; ; one = one with { Segment = one.Segment + 1 })
        {
            Segments.Enqueue(one.Segment);
            var receipt = await Segment(one, cancellationToken);
            if (
                receipt.Status == WorkStatus.Failed
                || receipt is { Status: WorkStatus.Done, Frames: 0 }
                || one.Segment == task.Segment + task.Count - 1
            )
            {
                return receipt;
            }
        }
    }

    public Task<int> PlaceVideoAsync(string collection, string videoId, string model, CancellationToken cancellationToken)
    {
        Placed.Enqueue(videoId);
        return Place(videoId, model, cancellationToken);
    }

    public Task GatherPartAsync(string collection, string part, CancellationToken cancellationToken)
    {
        Parts.Enqueue(part);
        return Gather(part, cancellationToken);
    }

    public Task<MapReceipt?> MakeMapAsync(
        string collection,
        TrainRequest? request,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    ) => Task.FromResult(Map());
}
