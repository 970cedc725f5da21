using OrleansAtlas.Work;

namespace OrleansAtlas.Bench;

/// <summary>An engine that makes no map.</summary>
internal sealed class WithoutMap(LocalEngine engine) : IWorkDispatcher
{
    public Task<VideoReceipt> IndexVideoAsync(string collection, string videoId, CancellationToken cancellationToken) =>
        engine.IndexVideoAsync(collection, videoId, cancellationToken);

    public Task<SegmentReceipt> RunSegmentAsync(SegmentTask task, CancellationToken cancellationToken) =>
        engine.RunSegmentAsync(task, cancellationToken);

    public Task<int> PlaceVideoAsync(string collection, string videoId, string model, CancellationToken cancellationToken) =>
        engine.PlaceVideoAsync(collection, videoId, model, cancellationToken);

    public Task GatherPartAsync(string collection, string part, CancellationToken cancellationToken) =>
        engine.GatherPartAsync(collection, part, cancellationToken);

    public Task<MapReceipt?> MakeMapAsync(
        string collection,
        TrainRequest? request,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    ) => Task.FromResult<MapReceipt?>(null);
}
