using Microsoft.Extensions.Logging;
using OrleansAtlas.Media;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>The worker: takes segments of one film from its file to their artifacts. Holds nothing between tasks, so a task can run
/// twice, anywhere, at any time.</summary>
/// <param name="context">Of this process.</param>
/// <param name="slotTimeout">Longest to wait for a slot; null waits as long as it takes.</param>
public sealed class SegmentPipeline(WorkContext context, TimeSpan? slotTimeout = null)
{
    private readonly ILogger _log = context.Logs.CreateLogger<SegmentPipeline>();

    /// <summary>Decodes, describes and stores segments, but for those that are there.</summary>
    public async Task<SegmentReceipt> RunAsync(SegmentTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        var collection = await CollectionStore.OpenAsync(context.Store, task.Collection, cancellationToken).ConfigureAwait(false);
        var record = collection is null ? null : await collection.VideoAsync(task.VideoId, cancellationToken).ConfigureAwait(false);
        var plan = collection is null ? null : await collection.PlanAsync(task.VideoId, cancellationToken).ConfigureAwait(false);
        if (collection is null || record?.Info is null || plan is null || !HasAll(plan, task))
        {
            return Failed(
                task,
                $"Segment {task.Segment} of film '{task.VideoId}' is in no plan of collection '{task.Collection}'; run atlas index again."
            );
        }

        if (await AfterDoneAsync(collection, task, cancellationToken).ConfigureAwait(false) is not { } missing)
        {
            return AlreadyDone(task with { Segment = task.Segment + task.Count - 1 });
        }

        if (record.Sources.FirstOrDefault(source => context.Films.IsThere(source.Path)) is not { } source)
        {
            return Failed(
                missing,
                $"None of its files is there any more ({string.Join(", ", record.Sources.Select(s => $"'{s.Path}'"))}): bring one "
                    + "back or run atlas remove."
            );
        }

        using (context.Ledger.Waiting(Stage.Decode))
        {
            if (!await context.SegmentSlots.WaitAsync(slotTimeout ?? Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false))
            {
                _log.LogSegmentGivenBack(task.Collection, task.VideoId, missing.Segment);
                return new SegmentReceipt(task.VideoId, missing.Segment, WorkStatus.Busy, 0, null);
            }
        }

        try
        {
            return await ComputeAsync(collection, missing, source, record.Info, plan, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            context.SegmentSlots.Release();
        }
    }

    private static bool HasAll(DecodePlan plan, SegmentTask task) =>
        task is { Segment: >= 0, Count: > 0 } && task.Count <= plan.Segments - task.Segment;

    private async Task<SegmentReceipt> ComputeAsync(
        CollectionStore collection,
        SegmentTask task,
        VideoSource source,
        VideoInfo info,
        DecodePlan plan,
        CancellationToken cancellationToken
    )
    {
        var at = task with { Count = 1 };
        try
        {
            using var film = await context.Films.OpenAsync(source.Path, cancellationToken).ConfigureAwait(false);
            var run = context.Decoder.Run(film.Path, info, plan, task.Count);
            await using var ends = run.ConfigureAwait(false);
            for (; ; at = at with { Segment = at.Segment + 1 })
            {
                // Somebody else may have done it meanwhile.
                var receipt = await IsDoneAsync(collection, at, cancellationToken).ConfigureAwait(false)
                    ? AlreadyDone(at)
                    : await ComputeAsync(collection, at, run, plan, cancellationToken).ConfigureAwait(false);
                var ended = receipt.Status == WorkStatus.Failed || receipt is { Status: WorkStatus.Done, Frames: 0 };
                if (ended || at.Segment == task.Segment + task.Count - 1)
                {
                    return receipt;
                }
            }
        }
        catch (IOException error) when (FilmAddress.IsAddress(source.Path))
        {
            return Failed(at, $"'{source.Name}' cannot be read ({FailureText.Of(error, source.Path)}).");
        }
    }

    private async Task<SegmentReceipt> ComputeAsync(
        CollectionStore collection,
        SegmentTask task,
        SegmentRun run,
        DecodePlan plan,
        CancellationToken cancellationToken
    )
    {
        // Opens the network where this is the first segment, which takes a second.
        var queue = context.Models.QueueFor(collection.Settings);
        await context.Compute.RunAsync(() => queue.Extractor, cancellationToken).ConfigureAwait(false);
        string? why = null;
        for (var reach = Reach.Planned; ; reach++)
        {
            var frames = new SegmentWriter(context, queue, collection.Settings);
            await using var ends = frames.ConfigureAwait(false);
            var decoding = await run.DecodeAsync(task.Segment, reach).ConfigureAwait(false);
            if (await DecodeAsync(decoding, plan, frames, cancellationToken).ConfigureAwait(false) is { } reason)
            {
                return Failed(task, reason);
            }

            if (decoding.Attempts > 1)
            {
                _log.LogSegmentRetried(task.Collection, task.VideoId, task.Segment, decoding.Attempts);
            }

            context.Ledger.Add(Stage.Decode, frames.Count, (long)frames.Count * plan.Width * plan.Height * 3);
            if (decoding.Outcome is DecodeOutcome.Doubtful doubtful)
            {
                _log.LogSegmentDoubtful(task.Collection, task.VideoId, task.Segment, doubtful.Reason);
                why ??= doubtful.Reason;
                continue;
            }

            var problem =
                (decoding.Outcome is DecodeOutcome.Failed failed ? FailureText.Without(failed.Reason, run.Path) : null)
                ?? await frames.FinishAsync(cancellationToken).ConfigureAwait(false);
            if (problem is not null)
            {
                return Failed(task, problem);
            }

            using (context.Ledger.Busy(Stage.Store))
            {
                await NoteAsync(collection, task, decoding, reach, why, cancellationToken).ConfigureAwait(false);
                await frames.StoreAsync(collection, task, cancellationToken).ConfigureAwait(false);
            }

            return new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.Done, frames.Count, null);
        }
    }

    /// <summary>Has every frame described.</summary>
    /// <returns>Null, or why the segment fails.</returns>
    private async Task<string?> DecodeAsync(
        SegmentDecoding decoding,
        DecodePlan plan,
        SegmentWriter frames,
        CancellationToken cancellationToken
    )
    {
        var reader = decoding.FramesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (reader.ConfigureAwait(false))
        {
            while (await NextAsync(reader, plan, cancellationToken).ConfigureAwait(false))
            {
                if (await frames.AddAsync(reader.Current, cancellationToken).ConfigureAwait(false) is { } reason)
                {
                    return reason;
                }

                if (!frames.KeepsPictures)
                {
                    decoding.Reuse(reader.Current);
                }
            }
        }

        return null;
    }

    // Before the frames, so that a segment that is done has said all there is to say.
    private static async Task NoteAsync(
        CollectionStore collection,
        SegmentTask task,
        SegmentDecoding decoding,
        Reach reach,
        string? why,
        CancellationToken cancellationToken
    )
    {
        var damaged = decoding.Outcome as DecodeOutcome.Damaged;
        if (reach == Reach.Planned && damaged is null && decoding.Samples >= decoding.LeastExpected)
        {
            return;
        }

        var note = new SegmentReach
        {
            Reach = reach,
            Why = why,
            Expected = decoding.Expected,
            Came = decoding.Samples,
            Complaint = damaged?.Reason,
            After = damaged?.After,
            Ends = decoding.Ended,
        };
        await collection
            .Artifacts.TryAddAsync(collection.Names.Reached(task.VideoId, task.Segment), StoreJson.ToBytes(note), cancellationToken)
            .ConfigureAwait(false);
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

    /// <returns>The task without what is done of its beginning; null where all is.</returns>
    private static async Task<SegmentTask?> AfterDoneAsync(
        CollectionStore collection,
        SegmentTask task,
        CancellationToken cancellationToken
    )
    {
        while (task.Count > 0 && await IsDoneAsync(collection, task, cancellationToken).ConfigureAwait(false))
        {
            task = task with { Segment = task.Segment + 1, Count = task.Count - 1 };
        }

        return task.Count > 0 ? task : null;
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
