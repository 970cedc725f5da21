using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Clustering.Redis;
using Orleans.Configuration;
using OrleansAtlas.Contracts;
using OrleansAtlas.Grains;

namespace OrleansAtlas.Silo;

// Why: docs/decisions/cluster-threads-and-messages.md, joining-after-all-silos-are-lost.md, pods-by-environment.md
/// <summary>The silo: who the others are, and when one counts as dead.</summary>
internal static class ClusterHosting
{
    public static void AddCluster(this WebApplicationBuilder builder)
    {
        var parts = builder.UncheckedSettings();
        builder.Host.UseOrleans(silo =>
        {
            if (parts.Clustering == Clustering.Localhost)
            {
                silo.UseLocalhostClustering();
            }
            else
            {
                silo.UseRedisClustering(_ => { });
            }

            silo.Set<ClusterOptions>(
                (options, settings) => (options.ClusterId, options.ServiceId) = (settings.ClusterId, ClusterService.Id)
            );
            silo.Set<EndpointOptions>(Reach);
            silo.Set<DevelopmentClusterMembershipOptions>(
                (options, settings) =>
                    options.PrimarySiloEndpoint = new IPEndPoint(IPAddress.Loopback, settings.PrimaryPort ?? settings.SiloPort)
            );
            silo.Set<RedisClusteringOptions>((options, settings) => options.ConfigurationOptions = settings.RedisOptions());
            silo.Set<SiloOptions>((options, settings) => options.SiloName = settings.Pod.Name ?? options.SiloName);
            silo.Set<ClusterMembershipOptions>(
                (options, settings) =>
                {
                    options.ProbeTimeout = TimeSpan.FromSeconds(settings.ProbeSeconds);
                    options.TableRefreshTimeout = TimeSpan.FromSeconds(4 * settings.ProbeSeconds);
                    options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2 * settings.ProbeSeconds);
                }
            );
            silo.Set<GrainCollectionOptions>(
                (options, settings) => options.DeactivationTimeout = TimeSpan.FromSeconds(settings.GraceSeconds + 5)
            );
            silo.AddWires();
            silo.AddActivityPropagation();
            silo.AddAtlasGrains(parts.HasGpu, parts.SlotsOrDefault);
            silo.AddDashboard(parts.Dashboard);
        });
    }

    private static void Reach(EndpointOptions options, SiloSettings settings)
    {
        options.AdvertisedIPAddress =
            settings.Clustering == Clustering.Localhost ? IPAddress.Loopback : IPAddress.Parse(settings.Pod.Address ?? settings.Address);
        (options.SiloPort, options.GatewayPort) = (settings.SiloPort, settings.GatewayPort);
        var listen =
            settings.ListenAddress is { } address ? IPAddress.Parse(address)
            : settings.Clustering == Clustering.Kubernetes ? IPAddress.Any
            : null;
        if (listen is not null)
        {
            options.SiloListeningEndpoint = new IPEndPoint(listen, settings.SiloPort);
            options.GatewayListeningEndpoint = new IPEndPoint(listen, settings.GatewayPort);
        }
    }

    private static void Set<T>(this ISiloBuilder silo, Action<T, SiloSettings> configure)
        where T : class =>
        silo.Services.AddOptions<T>().Configure<IOptions<SiloSettings>>((options, settings) => configure(options, settings.Value));
}
