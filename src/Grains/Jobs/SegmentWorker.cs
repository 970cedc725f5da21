using OrleansAtlas.Errors;
using OrleansAtlas.Indexing;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>Processes segments; <see cref="SegmentWorker"/> is the implementation.</summary>
public delegate Task<SegmentReceipt> SegmentWork(SegmentTask task, CancellationToken cancellationToken);

/// <summary>Processes segments of any collection, each with its own collection's model. A task that gets no slot in time, or whose
/// model is missing here, is refused with <see cref="WorkStatus.Busy"/>.</summary>
public sealed class SegmentWorker(WorkContext context, WorkTimeouts timeouts)
{
    /// <summary>Decodes, describes and stores segments, but for those that are stored already.</summary>
    public async Task<SegmentReceipt> RunAsync(SegmentTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        try
        {
            var receipt = await new SegmentPipeline(context, timeouts.Slot).RunAsync(task, cancellationToken).ConfigureAwait(false);
            if (receipt.Status != WorkStatus.Busy)
            {
                // Another machine hears that it is done, and never looks again.
                await context.Store.FlushAsync(cancellationToken).ConfigureAwait(false);
            }

            return receipt;
        }
        catch (ModelException error)
        {
            return new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.Busy, 0, error.Message);
        }
    }
}
