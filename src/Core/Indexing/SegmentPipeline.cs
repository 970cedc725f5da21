using Microsoft.Extensions.Logging;
using OrleansAtlas.Media;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>The worker: takes one segment of one film from its file to its artifacts. Holds nothing between segments,
/// so it can run twice, anywhere, at any time.</summary>
/// <param name="context">Of this process.</param>
/// <param name="slotTimeout">Longest to wait for a slot; null waits as long as it takes.</param>
public sealed class SegmentPipeline(WorkContext context, TimeSpan? slotTimeout = null)
{
    private readonly ILogger _log = context.Logs.CreateLogger<SegmentPipeline>();

    /// <summary>Decodes, describes and stores a segment, unless it is there.</summary>
    public async Task<SegmentReceipt> RunAsync(SegmentTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        var collection = await CollectionStore.OpenAsync(context.Store, task.Collection, cancellationToken).ConfigureAwait(false);
        var record = collection is null ? null : await collection.VideoAsync(task.VideoId, cancellationToken).ConfigureAwait(false);
        var plan = collection is null ? null : await collection.PlanAsync(task.VideoId, cancellationToken).ConfigureAwait(false);
        if (collection is null || record?.Info is null || plan is null || task.Segment < 0 || task.Segment >= plan.Segments)
        {
            return Failed(
                task,
                $"Segment {task.Segment} of film '{task.VideoId}' is in no plan of collection '{task.Collection}'; run atlas index again."
            );
        }

        if (await IsDoneAsync(collection, task, cancellationToken).ConfigureAwait(false))
        {
            return AlreadyDone(task);
        }

        if (record.Sources.FirstOrDefault(source => File.Exists(source.Path)) is not { } source)
        {
            return Failed(
                task,
                $"None of its files is there any more ({string.Join(", ", record.Sources.Select(s => $"'{s.Path}'"))}): bring one "
                    + "back or run atlas remove."
            );
        }

        using (context.Ledger.Waiting(Stage.Decode))
        {
            if (!await context.SegmentSlots.WaitAsync(slotTimeout ?? Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))
            {
                _log.LogSegmentGivenBack(task.Collection, task.VideoId, task.Segment);
                return new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.Busy, 0, null);
            }
        }

        try
        {
            // Somebody else may have done it while this one waited.
            return await IsDoneAsync(collection, task, cancellationToken).ConfigureAwait(false)
                ? AlreadyDone(task)
                : await ComputeAsync(collection, task, source, record.Info, plan, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            context.SegmentSlots.Release();
        }
    }

    private async Task<SegmentReceipt> ComputeAsync(
        CollectionStore collection,
        SegmentTask task,
        VideoSource source,
        VideoInfo info,
        DecodePlan plan,
        CancellationToken cancellationToken
    )
    {
        // Opens the network where this is the first segment, which takes a second.
        var queue = context.Models.QueueFor(collection.Settings);
        await context.Compute.RunAsync(() => queue.Extractor, cancellationToken).ConfigureAwait(false);
        var frames = new SegmentWriter(context, queue, collection.Settings);
        await using var ends = frames.ConfigureAwait(false);
        var decoding = context.Decoder.Decode(source.Path, info, plan, task.Segment);
        var reader = decoding.FramesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (reader.ConfigureAwait(false))
        {
            while (await NextAsync(reader, plan, cancellationToken).ConfigureAwait(false))
            {
                if (await frames.AddAsync(reader.Current, cancellationToken).ConfigureAwait(false) is { } reason)
                {
                    return Failed(task, reason);
                }
            }
        }

        if (decoding.Attempts > 1)
        {
            _log.LogSegmentRetried(task.Collection, task.VideoId, task.Segment, decoding.Attempts);
        }

        context.Ledger.Add(Stage.Decode, frames.Count, (long)frames.Count * plan.Width * plan.Height * 3);
        if (decoding.Outcome is DecodeOutcome.Failed failed)
        {
            return Failed(task, failed.Reason);
        }

        if (await frames.FinishAsync(cancellationToken).ConfigureAwait(false) is { } problem)
        {
            return Failed(task, problem);
        }

        using (context.Ledger.Busy(Stage.Store))
        {
            await frames.StoreAsync(collection, task, cancellationToken).ConfigureAwait(false);
        }

        return new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.Done, frames.Count, null);
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<Frame> reader, DecodePlan plan, CancellationToken cancellationToken)
    {
        using var busy = context.Ledger.Busy(Stage.Decode);

        // A photo is decoded by the caller's thread, not by a process.
        return plan.Strategy == DecodeStrategy.Photo
            ? await (
                await context.Compute.RunAsync(() => reader.MoveNextAsync().AsTask(), cancellationToken).ConfigureAwait(false)
            ).ConfigureAwait(false)
            : await reader.MoveNextAsync().ConfigureAwait(false);
    }

    private static Task<bool> IsDoneAsync(CollectionStore collection, SegmentTask task, CancellationToken cancellationToken) =>
        collection.Artifacts.ExistsAsync(collection.Names.Features(task.VideoId, task.Segment), cancellationToken);

    private static SegmentReceipt AlreadyDone(SegmentTask task) => new(task.VideoId, task.Segment, WorkStatus.AlreadyDone, 0, null);

    private SegmentReceipt Failed(SegmentTask task, string reason)
    {
        _log.LogSegmentFailed(task.Collection, task.VideoId, task.Segment, reason);
        return new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.Failed, 0, reason);
    }
}
