using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Serialization;
using OrleansAtlas.Contracts;
using StackExchange.Redis;

namespace OrleansAtlas.Client.Cluster;

/// <summary>The connection to a cluster.</summary>
internal sealed class ClusterLink : IAsyncDisposable
{
    private const string ServiceId = "orleans-atlas";
    private const string RedisScheme = "redis://";
    private const int DefaultGatewayPort = 30000;

    // A gateway that is gone costs a call this long, once.
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TryFor = TimeSpan.FromSeconds(20);

    // An attempt that meets gateways of silos that died just now takes a few lost calls.
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(60);

    private readonly IHost _host;

    private ClusterLink(IHost host) => _host = host;

    /// <summary>Connects, trying for a few seconds.</summary>
    public static async Task<ClusterLink> ConnectAsync(string address, CancellationToken cancellationToken)
    {
        IHost? host = null;
        try
        {
            host = await BuildAsync(address, cancellationToken);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(ConnectLimit);
            await host.StartAsync(limit.Token);
            return new ClusterLink(host);
        }
        catch (Exception error)
            when (error is SocketException or RedisException or AggregateException || ClusterCalls.IsLost(error, cancellationToken))
        {
            host?.Dispose();
            var cause =
                error is OperationCanceledException
                    ? $"no answer within {ConnectLimit.TotalSeconds:0} s"
                    : error.GetBaseException().Message.Split('\n')[0].TrimEnd('.');
            throw new ClusterException(
                $"No cluster answers at '{address}' ({cause}); start a silo, or give another address with --cluster.",
                error
            );
        }
    }

    /// <summary>A collection's grain.</summary>
    public ICollectionGrain Collection(string name) =>
        ((IGrainFactory)_host.Services.GetService(typeof(IGrainFactory))!).GetGrain<ICollectionGrain>(name);

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await ((Task)_host.StopAsync(limit.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _host.Dispose();
    }

    private static async Task<IHost> BuildAsync(string address, CancellationToken cancellationToken)
    {
        var byRedis = address.StartsWith(RedisScheme, StringComparison.Ordinal);
        var rest = byRedis ? address[RedisScheme.Length..] : address;
        var (place, cluster) = rest.Split('/', 2) is [var p, var c] ? (p, c) : (rest, "atlas");
        var gateways = byRedis ? [] : await GatewaysAsync(place, cancellationToken);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster, ServiceId));
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = LostAfter);
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = LostAfter);
            client.Services.AddSerializer(serializer => serializer.AddAtlasMessages());
            var started = TimeProvider.System.GetTimestamp();
            client.UseConnectionRetryFilter(
                async (_, token) =>
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(500), token);
                    return TimeProvider.System.GetElapsedTime(started) < TryFor;
                }
            );
            if (byRedis)
            {
                client.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(place));
            }
            else
            {
                client.UseStaticClustering(gateways);
            }
        });
        return builder.Build();
    }

    private static async Task<IPEndPoint[]> GatewaysAsync(string places, CancellationToken cancellationToken)
    {
        var gateways = new List<IPEndPoint>();
        foreach (var place in places.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = place.LastIndexOf(':');
            var (host, port) =
                colon < 0 ? (place, DefaultGatewayPort) : (place[..colon], int.TryParse(place[(colon + 1)..], out var given) ? given : 0);
            if (host.Length == 0 || port is < 1 or > 65535)
            {
                throw new UsageException(
                    $"The cluster address '{place}' is not HOST:PORT with a port from 1 to 65535, nor redis://HOST:PORT."
                );
            }

            var found = await Dns.GetHostAddressesAsync(host, AddressFamily.InterNetwork, cancellationToken);
            gateways.AddRange(found.Select(ip => new IPEndPoint(ip, port)));
        }

        return [.. gateways];
    }
}
