using OrleansAtlas.Features;
using OrleansAtlas.Indexing;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>What is done with a segment: <see cref="SegmentWorker"/> does the real thing.</summary>
public delegate Task<SegmentReceipt> SegmentWork(SegmentTask task, CancellationToken cancellationToken);

/// <summary>The worker of a process that serves many collections: each segment is described by its own collection's model,
/// and one that finds no slot in time, or no model, is given back.</summary>
public sealed class SegmentWorker(WorkContext tools, IModelCatalog models, WorkTimeouts patience)
{
    /// <summary>Decodes, describes and stores a segment, unless it is there.</summary>
    public async Task<SegmentReceipt> RunAsync(SegmentTask task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        var collection = await CollectionStore.OpenAsync(tools.Store, task.Collection, cancellationToken).ConfigureAwait(false);
        try
        {
            var own = collection is null ? tools : tools with { Describer = models.QueueFor(collection.Settings) };
            return await new SegmentPipeline(own, patience.Slot).RunAsync(task, cancellationToken).ConfigureAwait(false);
        }
        catch (ModelException error)
        {
            return new SegmentReceipt(task.VideoId, task.Segment, WorkStatus.Busy, 0, error.Message);
        }
    }
}
