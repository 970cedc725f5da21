using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Grains.Placement;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Actors that reach one another by grain calls.</summary>
internal sealed class GrainDispatcher(IGrainFactory grains, InFlightTracker outstanding, WorkTimeouts patience, TimeProvider clock)
    : IWorkDispatcher
{
    public async Task<VideoReceipt> IndexVideoAsync(string collection, string videoId, CancellationToken cancellationToken) =>
        (await ClusterCalls.UntilEndedAsync(Film(collection, videoId).IndexAsync, null, cancellationToken))!;

    public async Task<SegmentReceipt> RunSegmentAsync(SegmentTask task, CancellationToken cancellationToken)
    {
        var able = clock.GetTimestamp();
        var receipt = await AnywhereAsync(
            visit => grains.GetGrain<IFrameBatchGrain>(Keys.Join(task.Collection, $"{task.VideoId}/{task.Segment}/{visit}")),
            (grain, token) => grain.RunAsync(task, token),
            Refused,
            cancellationToken
        );
        return receipt!.Status == WorkStatus.Busy ? receipt with { Status = WorkStatus.Failed } : receipt;

        // That all silos are full passes; that none of those there is able to passes or not, and is not waited for long.
        bool Refused(SegmentReceipt? receipt)
        {
            able = receipt is { Status: WorkStatus.Busy, Reason: null } ? clock.GetTimestamp() : able;
            return receipt!.Status == WorkStatus.Busy && clock.GetElapsedTime(able) <= patience.Unable;
        }
    }

    public Task<int> PlaceVideoAsync(string collection, string videoId, string model, CancellationToken cancellationToken) =>
        ClusterCalls.UntilEndedAsync(token => Film(collection, videoId).PlaceAsync(model, token), null, cancellationToken);

    public Task GatherPartAsync(string collection, string part, CancellationToken cancellationToken) =>
        AnywhereAsync(
            visit => grains.GetGrain<IStatisticsGrain>(Keys.Join(collection, $"{part}/{visit}")),
            (grain, token) => grain.GatherAsync(part, token),
            made => !made,
            cancellationToken
        );

    public Task<MapReceipt?> MakeMapAsync(
        string collection,
        TrainRequest? request,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        var trainer = grains.GetGrain<ITrainerGrain>(collection);
        return ClusterCalls.UntilEndedAsync(token => trainer.MakeMapAsync(request, token), progress, cancellationToken);
    }

    private IVideoGrain Film(string collection, string videoId) => grains.GetGrain<IVideoGrain>(Keys.Join(collection, videoId));

    private async Task<T?> AnywhereAsync<TGrain, T>(
        Func<int, TGrain> visitor,
        Func<TGrain, CancellationToken, Task<OperationStatus<T>>> ask,
        Func<T?, bool> refused,
        CancellationToken cancellationToken
    )
        where TGrain : IAddressable
    {
        using var piece = new InFlightWork(outstanding);
        for (var (visit, round) = (0, 1); ; visit++)
        {
            var grain = visitor(visit);
            piece.BelongsTo(grain.GetGrainId());
            var answer = await ClusterCalls.UntilEndedAsync(token => ask(grain, token), null, cancellationToken);
            if (!refused(answer))
            {
                return answer;
            }

            if (piece.Refused())
            {
                await ClusterCalls.PauseAsync(round++, cancellationToken);
            }
        }
    }
}
