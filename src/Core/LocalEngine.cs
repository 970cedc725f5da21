using System.Globalization;
using OrleansAtlas.Indexing;
using OrleansAtlas.Maps.Building;
using OrleansAtlas.Maps.Training;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas;

/// <summary>Everything in one process, without a server: one piece of work asks for another by calling it.</summary>
public sealed class LocalEngine(WorkContext context) : IWorkDispatcher
{
    private readonly FramePlacer _placer = new(context);

    /// <summary>Adds films to a collection and brings its map up to date.</summary>
    public Task<IndexReport> IndexAsync(
        string collection,
        IndexRequest request,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    ) =>
        AccountAsync(
            collection,
            request.Shards > 1 ? new RunShare(request.Shard, request.Shards) : null,
            () => new CollectionIndexer(context, this).IndexAsync(collection, request, progress, cancellationToken),
            cancellationToken
        );

    /// <summary>Fits a model to all frames that are there and makes a map with it.</summary>
    public Task<MapReceipt> TrainAsync(
        string collection,
        TrainRequest request,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    ) =>
        AccountAsync(
            collection,
            null,
            () => new CollectionTrainer(context, this).TrainAsync(collection, request, progress, cancellationToken),
            cancellationToken
        );

    /// <summary>Makes a map of all frames that are there with the model of another map.</summary>
    public Task<MapReceipt> PlaceAsync(
        string collection,
        PlaceRequest request,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    ) =>
        AccountAsync(
            collection,
            null,
            () => new CollectionTrainer(context, this).PlaceAsync(collection, request, progress, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc/>
    public Task<VideoReceipt> IndexVideoAsync(string collection, string videoId, CancellationToken cancellationToken) =>
        new VideoIndexer(context, this).IndexAsync(collection, videoId, cancellationToken);

    /// <inheritdoc/>
    public Task<SegmentReceipt> RunSegmentAsync(SegmentTask task, CancellationToken cancellationToken) =>
        new SegmentPipeline(context).RunAsync(task, cancellationToken);

    /// <inheritdoc/>
    public Task<int> PlaceVideoAsync(string collection, string videoId, string model, CancellationToken cancellationToken) =>
        _placer.PlaceAsync(collection, videoId, model, cancellationToken);

    /// <inheritdoc/>
    public Task GatherPartAsync(string collection, string part, CancellationToken cancellationToken) =>
        new StatisticsWorker(context).GatherAsync(collection, part, cancellationToken);

    /// <inheritdoc/>
    public Task<MapReceipt?> MakeMapAsync(
        string collection,
        TrainRequest? request,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    ) => new CollectionTrainer(context, this).MakeAsync(collection, request, progress, cancellationToken);

    private async Task<T> AccountAsync<T>(string collection, RunShare? share, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var started = context.Clock.GetUtcNow();
        try
        {
            var result = await work().ConfigureAwait(false);

            // Who is told that it is done may switch the machine off.
            await context.Store.FlushAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }
        finally
        {
            // A run that is cancelled has an account too.
            var name =
                started.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture)
                + "-"
                + Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
            await context
                .Store.TryAddAsync(
                    new ArtifactNames(collection).Ledger(name),
                    StoreJson.ToBytes(context.Ledger.Page() with { Share = share }),
                    CancellationToken.None
                )
                .ConfigureAwait(false);
        }
    }
}
