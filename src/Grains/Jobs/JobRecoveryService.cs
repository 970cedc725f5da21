using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Contracts;
using OrleansAtlas.Errors;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>Looks in the store for jobs that have not ended, when the silo starts and every few seconds, and wakes their
/// collections wherever they are: so a job goes on after any silo, or all of them, went away.</summary>
internal sealed partial class JobRecoveryService(
    WorkContext tools,
    IGrainFactory grains,
    WorkTimeouts patience,
    ILogger<JobRecoveryService> log
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var collection in JobStore.UnfinishedAsync(tools.Store, stoppingToken))
                {
                    await WakeAsync(collection, stoppingToken);
                }
            }
            catch (AtlasException error)
            {
                LogNotLooked(log, error.Message);
            }

            await Task.Delay(patience.Wake, tools.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // One that cannot be woken must not keep the others asleep.
    private async Task WakeAsync(string collection, CancellationToken stoppingToken)
    {
        try
        {
            await grains.GetGrain<ICollectionGrain>(collection).WakeAsync(stoppingToken);
        }
        catch (Exception error) when (error is AtlasException or InvalidOperationException || ClusterCalls.IsLost(error, stoppingToken))
        {
            LogNotWoken(log, collection, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Unfinished jobs could not be looked for, tried again soon: {Reason}")]
    private static partial void LogNotLooked(ILogger log, string reason);

    [LoggerMessage(LogLevel.Warning, "The unfinished job of collection {Collection} could not be woken, tried again soon: {Reason}")]
    private static partial void LogNotWoken(ILogger log, string collection, string reason);
}
