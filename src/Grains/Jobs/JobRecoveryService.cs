using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Contracts;
using OrleansAtlas.Errors;
using OrleansAtlas.Work;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>Searches the store for running jobs when the silo starts and every few seconds, and activates their collections' grains: so a
/// job continues after the loss of any silo, or of all silos. On the way this silo's share of the jobs' ledgers is written.</summary>
internal sealed partial class JobRecoveryService(
    WorkContext context,
    IGrainFactory grains,
    WorkTimeouts timeouts,
    ILogger<JobRecoveryService> log
) : BackgroundService
{
    private readonly LedgerShares _shares = new(context);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var jobs = await JobStore.AllBooksAsync(context.Store, stoppingToken).Select(book => book.Last).ToListAsync(stoppingToken);
                foreach (var job in jobs.Where(job => job.State == JobState.Running))
                {
                    await WakeAsync(job.Collection, stoppingToken);
                }

                await _shares.WriteAsync(jobs, stoppingToken);
            }
            catch (AtlasException error)
            {
                LogNotLooked(log, error.Message);
            }

            await Task.Delay(timeouts.Wake, context.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A collection that cannot be activated must not keep the others from it.
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
