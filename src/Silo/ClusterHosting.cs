using System.Net;
using Orleans.Configuration;
using OrleansAtlas.Grains;
using StackExchange.Redis;

namespace OrleansAtlas.Silo;

/// <summary>The silo: who the others are, and when one counts as dead.</summary>
internal static class ClusterHosting
{
    private const string ServiceId = "orleans-atlas";

    public static void AddCluster(this WebApplicationBuilder builder)
    {
        var settings = (SiloSettings)builder.Services.Single(service => service.ServiceType == typeof(SiloSettings)).ImplementationInstance!;
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.StopLimit);
        if (settings.Clustering != Clustering.Localhost)
        {
            builder.Services.AddHostedService<JoiningAgain>();
        }

        builder.Host.UseOrleans(silo =>
        {
            Join(silo, settings);
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromSeconds(settings.ProbeSeconds);
                options.TableRefreshTimeout = TimeSpan.FromSeconds(4 * settings.ProbeSeconds);
                options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2 * settings.ProbeSeconds);
            });
            silo.Configure<GrainCollectionOptions>(options => options.DeactivationTimeout = TimeSpan.FromSeconds(settings.GraceSeconds + 5));
            silo.AddActivityPropagation();
            silo.AddAtlasGrains(settings.HasGpu, settings.SlotsOrDefault);
        });
    }

    private static void Join(ISiloBuilder silo, SiloSettings settings)
    {
        if (settings.Clustering == Clustering.Localhost)
        {
            silo.UseLocalhostClustering(settings.SiloPort, settings.GatewayPort, new IPEndPoint(IPAddress.Loopback, settings.PrimaryPort), ServiceId, settings.ClusterId);
            return;
        }

        var (name, address) = settings.Clustering == Clustering.Kubernetes
            ? (Environment.GetEnvironmentVariable("POD_NAME"), Environment.GetEnvironmentVariable("POD_IP") ?? settings.Address)
            : (null, settings.Address);
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (settings.ClusterId, ServiceId));
        silo.Configure<SiloOptions>(options => options.SiloName = name ?? options.SiloName);
        silo.ConfigureEndpoints(IPAddress.Parse(address), settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: settings.Clustering == Clustering.Kubernetes);
        silo.UseRedisClustering(options => options.ConfigurationOptions = RedisOptions(settings.Redis));
    }

    // A Redis server that is restarted must not end the silos: they wait for it.
    private static ConfigurationOptions RedisOptions(string address)
    {
        var options = ConfigurationOptions.Parse(address);
        options.AbortOnConnectFail = false;
        return options;
    }
}
