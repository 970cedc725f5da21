using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Serialization;
using OrleansAtlas.Contracts;
using OrleansAtlas.Contracts.Wires;

namespace OrleansAtlas.ClusterClient;

/// <summary>Builds a host with nothing but an Orleans client.</summary>
internal static class ClusterHost
{
    // A gateway that is gone costs a call this long, once.
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TryFor = TimeSpan.FromSeconds(20);

    public static IHost Build(ClusterAddress address, WireCertificates? certificates, ForeignCluster foreign)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(foreign);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (address.ClusterId, ClusterService.Id));
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = LostAfter);
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = LostAfter);
            client.Services.AddSerializer(serializer => serializer.AddAtlasMessages());
            var started = TimeProvider.System.GetTimestamp();
            client.UseConnectionRetryFilter(
                async (_, token) =>
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(500), token);
                    return certificates?.Refusal is null && foreign.Id is null && TimeProvider.System.GetElapsedTime(started) < TryFor;
                }
            );
            if (certificates is not null)
            {
                client.Configure<ClientConnectionOptions>(options =>
                    options.ConfigureConnection(wire => wire.UseClientTls(certificates.ForClient()))
                );
            }

            if (address.Redis is { } redis)
            {
                client.UseRedisClustering(options => options.ConfigurationOptions = redis);
            }
            else
            {
                client.UseStaticClustering(address.Gateways);
            }
        });
        return builder.Build();
    }
}
