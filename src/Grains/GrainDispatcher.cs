using System.Globalization;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains.Jobs;
using OrleansAtlas.Grains.Placement;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains;

/// <summary>Dispatches work by grain calls.</summary>
internal sealed class GrainDispatcher(
    IGrainFactory grains,
    InFlightTracker tracker,
    WorkTimeouts timeouts,
    TimeProvider clock,
    ILogger<GrainDispatcher> log
) : IWorkDispatcher
{
    public async Task<VideoReceipt> IndexVideoAsync(string collection, string videoId, CancellationToken cancellationToken)
    {
        var work = new WorkLog(log, collection, videoId);
        return (await ClusterCalls.UntilEndedAsync(Film(collection, videoId).IndexAsync, null, work.Retried, cancellationToken))!;
    }

    public async Task<SegmentReceipt> RunSegmentAsync(SegmentTask task, CancellationToken cancellationToken)
    {
        var work = new WorkLog(log, task.Collection, task.VideoId, task.Segment.ToString(CultureInfo.InvariantCulture));
        var able = clock.GetTimestamp();
        var receipt = await AnywhereAsync(
            visit => grains.GetGrain<IFrameBatchGrain>(Keys.Join(task.Collection, $"{task.VideoId}/{task.Segment}/{visit}")),
            (grain, token) => grain.RunAsync(task, token),
            Refused,
            work,
            cancellationToken
        );
        if (receipt!.Status != WorkStatus.Busy)
        {
            return receipt;
        }

        work.GivenUp(receipt.Reason);
        return receipt with { Status = WorkStatus.Failed };

        // Full silos become free, so they are asked for as long as it takes; silos that lack something are asked for a limited time.
        bool Refused(SegmentReceipt? receipt)
        {
            if (receipt!.Status != WorkStatus.Busy)
            {
                return false;
            }

            able = receipt.Reason is null ? clock.GetTimestamp() : able;
            var again = clock.GetElapsedTime(able) <= timeouts.Unable;
            if (again)
            {
                work.Refused(receipt.Reason);
            }

            return again;
        }
    }

    public Task<int> PlaceVideoAsync(string collection, string videoId, string model, CancellationToken cancellationToken)
    {
        var work = new WorkLog(log, collection, videoId);
        return ClusterCalls.UntilEndedAsync(
            token => Film(collection, videoId).PlaceAsync(model, token),
            null,
            work.Retried,
            cancellationToken
        );
    }

    public Task GatherPartAsync(string collection, string part, CancellationToken cancellationToken)
    {
        var work = new WorkLog(log, collection);
        return AnywhereAsync(
            visit => grains.GetGrain<IStatisticsGrain>(Keys.Join(collection, $"{part}/{visit}")),
            (grain, token) => grain.GatherAsync(part, token),
            made =>
            {
                if (!made)
                {
                    work.Refused(null);
                }

                return !made;
            },
            work,
            cancellationToken
        );
    }

    public Task<MapReceipt?> MakeMapAsync(
        string collection,
        TrainRequest? request,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        var (trainer, work) = (grains.GetGrain<ITrainerGrain>(collection), new WorkLog(log, collection));
        return ClusterCalls.UntilEndedAsync(token => trainer.MakeMapAsync(request, token), progress, work.Retried, cancellationToken);
    }

    private IVideoGrain Film(string collection, string videoId) => grains.GetGrain<IVideoGrain>(Keys.Join(collection, videoId));

    private async Task<T?> AnywhereAsync<TGrain, T>(
        Func<int, TGrain> visitor,
        Func<TGrain, CancellationToken, Task<OperationStatus<T>>> ask,
        Func<T?, bool> refused,
        WorkLog work,
        CancellationToken cancellationToken
    )
        where TGrain : IAddressable
    {
        using var piece = new InFlightWork(tracker);
        for (var (visit, round) = (0, 1); ; visit++)
        {
            var grain = visitor(visit);
            piece.BelongsTo(grain.GetGrainId());
            var answer = await ClusterCalls.UntilEndedAsync(token => ask(grain, token), null, work.Retried, cancellationToken);
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
