using OrleansAtlas.Features;
using OrleansAtlas.Indexing;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>Processes a segment; <see cref="SegmentWorker"/> is the implementation.</summary>
public delegate Task<SegmentReceipt> SegmentWork(SegmentTask task, CancellationToken cancellationToken);

/// <summary>Processes segments of any collection, each with its own collection's model. A segment that gets no slot in time, or whose
/// model is missing here, is refused with <see cref="WorkStatus.Busy"/>.</summary>
public sealed class SegmentWorker(WorkContext context, IModelCatalog models, WorkTimeouts timeouts)
{
    /// <summary>Decodes, describes and stores a segment, unless it is stored already.</summary>
    public async Task<SegmentReceipt> RunAsync(SegmentTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        var collection = await CollectionStore.OpenAsync(context.Store, task.Collection, cancellationToken).ConfigureAwait(false);
        try
        {
            var own = collection is null ? context : context with { Describer = models.QueueFor(collection.Settings) };
            return await new SegmentPipeline(own, timeouts.Slot).RunAsync(task, cancellationToken).ConfigureAwait(false);
        }
        catch (ModelException error)
        {
            return new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.Busy, 0, error.Message);
        }
    }
}
