using OrleansAtlas.Errors;
using OrleansAtlas.Indexing;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>What is done with a segment: <see cref="SegmentWorker"/> does the real thing.</summary>
public delegate Task<SegmentReceipt> SegmentWork(SegmentTask task, CancellationToken cancellationToken);

/// <summary>The worker of a process that serves many collections: each segment is described by its own collection's model,
/// and one that finds no slot in time, or no model, is given back.</summary>
public sealed class SegmentWorker(WorkContext context, WorkTimeouts timeouts)
{
    /// <summary>Decodes, describes and stores a segment, unless it is there.</summary>
    public async Task<SegmentReceipt> RunAsync(SegmentTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        try
        {
            return await new SegmentPipeline(context, timeouts.Slot).RunAsync(task, cancellationToken).ConfigureAwait(false);
        }
        catch (ModelException error)
        {
            return new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.Busy, 0, error.Message);
        }
    }
}
