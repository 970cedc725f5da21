using OrleansAtlas.Actors;
using OrleansAtlas.Contracts;

namespace OrleansAtlas.Grains;

/// <summary>Actors that reach one another by grain calls.</summary>
internal sealed class GrainActors(IGrainFactory grains) : IActors
{
    public async Task<VideoReceipt> IndexVideoAsync(string collection, string videoId, CancellationToken cancellationToken) =>
        (await ClusterCalls.UntilEndedAsync(Film(collection, videoId).IndexAsync, null, cancellationToken))!;

    public async Task<SegmentReceipt> RunSegmentAsync(SegmentTask task, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<IFrameBatchGrain>(Keys.Join(task.Collection, $"{task.VideoId}/{task.Segment}"));
        for (var attempt = 1; ; attempt++)
        {
            var receipt = await ClusterCalls.UntilEndedAsync(token => grain.RunAsync(task, token), null, cancellationToken);
            if (receipt!.Status != WorkStatus.Busy)
            {
                return receipt;
            }

            await ClusterCalls.PauseAsync(attempt, cancellationToken);
        }
    }

    public Task<int> PlaceVideoAsync(string collection, string videoId, string model, CancellationToken cancellationToken) =>
        ClusterCalls.UntilEndedAsync(token => Film(collection, videoId).PlaceAsync(model, token), null, cancellationToken);

    public Task GatherPartAsync(string collection, string part, CancellationToken cancellationToken) =>
        ClusterCalls.UntilEndedAsync(grains.GetGrain<IGathererGrain>(Keys.Join(collection, part)).GatherAsync, null, cancellationToken);

    public Task<MapReceipt?> MakeMapAsync(string collection, TrainRequest? request, IProgress<ProgressReport> progress, CancellationToken cancellationToken) =>
        ClusterCalls.UntilEndedAsync(token => grains.GetGrain<ITrainerGrain>(collection).MakeMapAsync(request, token), progress, cancellationToken);

    private IVideoGrain Film(string collection, string videoId) => grains.GetGrain<IVideoGrain>(Keys.Join(collection, videoId));
}
