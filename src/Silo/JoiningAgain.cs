using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace OrleansAtlas.Silo;

/// <summary>Helps silos in after all silos of a cluster were lost at once. A joining silo asks every silo that the table has as alive,
/// and Orleans looks whether one of them has been silent for too long only when the table changes; where only joining silos
/// are left nothing changes, and they would wait five minutes and give up. So while it joins, this silo writes its own line again.</summary>
internal sealed partial class JoiningAgain(IServiceProvider services, ILogger<JoiningAgain> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Services of the silo are asked for here, not in the constructor: this one is made before the silo.
        await Task.Yield();
        var table = services.GetRequiredService<IMembershipTable>();
        var own = services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        var period = services.GetRequiredService<IOptions<ClusterMembershipOptions>>().Value.IAmAliveTablePublishTimeout;
        using var timer = new PeriodicTimer(period);
        while (await WaitAsync(timer, stoppingToken))
        {
            try
            {
                var all = await table.ReadAllAsync(stoppingToken);
                var line = all.Members.FirstOrDefault(member => member.Item1.SiloAddress.Equals(own));
                if (line is { Item1.Status: not SiloStatus.Joining and not SiloStatus.Created })
                {
                    return;
                }

                if (line is not null)
                {
                    await table.UpdateRowAsync(line.Item1, line.Item2, all.Version.Next(), stoppingToken);
                }
            }
            catch (Exception error) when (error is OrleansException or StackExchange.Redis.RedisException or TimeoutException or InvalidOperationException)
            {
                LogNotYet(log, error.Message);
            }
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "The table of silos cannot be looked at yet: {Reason}")]
    private static partial void LogNotYet(ILogger log, string reason);
}
