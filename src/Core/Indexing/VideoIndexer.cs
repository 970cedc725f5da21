using Microsoft.Extensions.Logging;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

// Why: docs/decisions/films-that-fail-in-places.md
/// <summary>One film: makes its plan, has its segments made until all are there, and says how it ended.</summary>
public sealed class VideoIndexer(WorkContext context, IWorkDispatcher dispatcher)
{
    // A film damaged here and there keeps its good segments; one that is broken throughout must not be tried a thousand times.
    private const int FailuresBeforeGivingUp = 3;

    private readonly ILogger _log = context.Logs.CreateLogger<VideoIndexer>();

    /// <summary>Brings the film up to date: whatever is missing is computed.</summary>
    public async Task<VideoReceipt> IndexAsync(string collectionName, string id, CancellationToken cancellationToken)
    {
        var collection = await CollectionStore.RequireAsync(context.Store, collectionName, cancellationToken).ConfigureAwait(false);
        var record = await collection.VideoAsync(id, cancellationToken).ConfigureAwait(false);
        if (record?.Info is null)
        {
            return new VideoReceipt(
                id,
                record?.Name ?? id,
                WorkStatus.Failed,
                0,
                0,
                record?.Failure ?? $"Film '{id}' is not in collection '{collectionName}'."
            );
        }

        var plan =
            await collection.PlanAsync(id, cancellationToken).ConfigureAwait(false)
            ?? await collection
                .AddPlanAsync(
                    id,
                    await PlanAsync(record, collection.Settings.Sampling, cancellationToken).ConfigureAwait(false),
                    cancellationToken
                )
                .ConfigureAwait(false);
        var listing = await ListAsync(collection, id, cancellationToken).ConfigureAwait(false);
        var present = listing.Done(id).ToList();
        var missing = Enumerable.Range(0, plan.Segments).Except(present.Select(segment => segment.Segment)).ToList();
        var queue = new SegmentQueue(missing, plan, context.Options.SegmentsPerFilm);
        var receipts = await RunAsync(collection, id, queue, cancellationToken).ConfigureAwait(false);

        // Counted in the store: another process may have done some of them, or this one before its answer was lost.
        if (missing.Count > 0)
        {
            listing = await collection.ListingAsync(id, cancellationToken).ConfigureAwait(false);
        }

        var (before, now) = (present.Sum(segment => segment.Count), listing.Done(id).Sum(segment => segment.Count));
        var failure = receipts.FirstOrDefault(receipt => receipt.Status == WorkStatus.Failed)?.Reason;
        var damage = failure is null
            ? await DamageAsync(collection, record, plan, listing.Noted(id), cancellationToken).ConfigureAwait(false)
            : record.Damage;
        if (now == 0 && damage is not null)
        {
            failure ??= damage.Reason;
        }

        if (failure != record.Failure || damage != record.Damage)
        {
            if (failure is null && record.Failure is not null)
            {
                _log.LogFilmRepaired(collectionName, id, record.Failure);
            }

            await collection
                .UpdateVideoAsync(id, latest => latest! with { Failure = failure, Damage = damage }, cancellationToken)
                .ConfigureAwait(false);
        }

        var status =
            failure is not null ? WorkStatus.Failed
            : missing.Count == 0 ? WorkStatus.AlreadyDone
            : WorkStatus.Done;
        return new VideoReceipt(id, record.Name, status, now, now - before, failure, failure is null ? damage?.Reason : null);
    }

    // A loss of power may take times or pictures and leave the descriptors, which say that a segment is done.
    private async Task<SegmentListing> ListAsync(CollectionStore collection, string id, CancellationToken cancellationToken)
    {
        var listing = await collection.ListingAsync(id, cancellationToken).ConfigureAwait(false);
        var incomplete = listing.Incomplete(id).ToList();
        if (incomplete.Count == 0)
        {
            return listing;
        }

        // Descriptors are written last, so a second look shows whether another process was just writing the segment.
        var again = await collection.ListingAsync(id, cancellationToken).ConfigureAwait(false);
        foreach (var segment in again.Incomplete(id).Intersect(incomplete))
        {
            _log.LogSegmentIncomplete(collection.Settings.Name, id, segment);
            await collection.Artifacts.DeleteAsync(collection.Names.Features(id, segment), cancellationToken).ConfigureAwait(false);
        }

        return again;
    }

    private async Task<DecodePlan> PlanAsync(VideoRecord record, Sampling sampling, CancellationToken cancellationToken)
    {
        var info = record.Info!;
        var source = info.VariableFrameRate || info.Clock == FilmClock.Continued ? record.Sources.FirstOrDefault(Exists) : null;
        if (source is null)
        {
            return DecodePlanner.Plan(info, sampling, null);
        }

        using var film = await context.Films.OpenAsync(source.Path, cancellationToken).ConfigureAwait(false);
        var timeline = await context.Prober.TimelineAsync(film.Path, info, cancellationToken).ConfigureAwait(false);
        return DecodePlanner.Plan(info, sampling, timeline?.Times);
    }

    private async Task<FilmDamage?> DamageAsync(
        CollectionStore collection,
        VideoRecord record,
        DecodePlan plan,
        IEnumerable<int> noted,
        CancellationToken cancellationToken
    )
    {
        var reason = await new DamageReport(context, collection, record, plan).JudgeAsync(noted, cancellationToken).ConfigureAwait(false);
        var source = record.Sources.FirstOrDefault(Exists);
        if (reason is null || source is null)
        {
            return record.Damage;
        }

        using var film = await context.Films.OpenAsync(source.Path, cancellationToken).ConfigureAwait(false);
        return new FilmDamage(reason, await ContentId.WholeAsync(film.Path, cancellationToken).ConfigureAwait(false));
    }

    private bool Exists(VideoSource source) => context.Films.IsThere(source.Path);

    private async Task<List<SegmentReceipt>> RunAsync(
        CollectionStore collection,
        string id,
        SegmentQueue queue,
        CancellationToken cancellationToken
    )
    {
        var receipts = new List<SegmentReceipt>();
        var running = new List<Task<(SegmentTask Run, SegmentReceipt Receipt)>>();
        try
        {
            while (queue.Count > 0 || running.Count > 0)
            {
                while (running.Count < context.Options.SegmentsPerFilm && queue.Next() is var (first, count))
                {
                    running.Add(RunAsync(new SegmentTask(collection.Settings.Name, id, first, count)));
                }

                var ended = await Task.WhenAny(running).ConfigureAwait(false);
                running.Remove(ended);
                var (run, receipt) = await ended.ConfigureAwait(false);
                receipts.Add(receipt);
                queue.PutBack(receipt.Segment + 1, run.Segment + run.Count - 1 - receipt.Segment);
                if (
                    receipt is { Status: WorkStatus.Done, Frames: 0 }
                    && await DamageReport.EndsBeforeAsync(collection, id, receipt.Segment, cancellationToken).ConfigureAwait(false)
                )
                {
                    // The file holds less than it claims; what is beyond its end need not be looked for.
                    queue.Clear();
                }

                if (queue.Count > 0 && receipts.Count(receipt => receipt.Status == WorkStatus.Failed) >= FailuresBeforeGivingUp)
                {
                    _log.LogFilmGivenUp(collection.Settings.Name, id, FailuresBeforeGivingUp, queue.Count);
                    queue.Clear();
                }
            }
        }
        finally
        {
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        receipts.Sort((a, b) => a.Segment.CompareTo(b.Segment));
        return receipts;

        async Task<(SegmentTask, SegmentReceipt)> RunAsync(SegmentTask task) =>
            (task, await dispatcher.RunSegmentAsync(task, cancellationToken).ConfigureAwait(false));
    }
}
