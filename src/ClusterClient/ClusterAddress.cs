using System.Net;
using System.Net.Sockets;
using OrleansAtlas.Errors;
using StackExchange.Redis;

namespace OrleansAtlas.ClusterClient;

/// <summary>The address of a cluster: <c>HOST:PORT</c> of silos' gateways, several separated by commas, or <c>redis://HOST:PORT</c>, each
/// with <c>/CLUSTERID</c> if that is not <c>atlas</c>.</summary>
/// <param name="ClusterId">The cluster's id.</param>
/// <param name="Redis">The Redis server that keeps the list of silos; null if gateways are given.</param>
/// <param name="Gateways">The gateways; none if a Redis server is given.</param>
internal sealed record ClusterAddress(string ClusterId, ConfigurationOptions? Redis, IPEndPoint[] Gateways)
{
    private const string RedisScheme = "redis://";
    private const int DefaultGatewayPort = 30000;

    /// <summary>Reads an address and resolves the names of hosts.</summary>
    /// <exception cref="AtlasException">It is no address of a cluster.</exception>
    public static async Task<ClusterAddress> ParseAsync(string address, CancellationToken cancellationToken)
    {
        var byRedis = address.StartsWith(RedisScheme, StringComparison.Ordinal);
        var rest = byRedis ? address[RedisScheme.Length..] : address;
        var (place, cluster) = rest.Split('/', 2) is [var p, var c] ? (p, c) : (rest, "atlas");
        return byRedis
            ? new ClusterAddress(cluster, RedisAt(place), [])
            : new ClusterAddress(cluster, null, await GatewaysAsync(place, cancellationToken).ConfigureAwait(false));
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
                throw NoAddress(place);
            }

            var found = await Dns.GetHostAddressesAsync(host, AddressFamily.InterNetwork, cancellationToken).ConfigureAwait(false);
            gateways.AddRange(found.Select(ip => new IPEndPoint(ip, port)));
        }

        return gateways.Count > 0 ? [.. gateways] : throw NoAddress(places);
    }

    private static ConfigurationOptions RedisAt(string place)
    {
        try
        {
            return ConfigurationOptions.Parse(place) is { EndPoints.Count: > 0 } options ? options : throw NoRedis(place);
        }
        catch (ArgumentException)
        {
            throw NoRedis(place);
        }
    }

    /// <summary>The address without what follows the hosts: user and password may stand there.</summary>
    public static string WithoutSecrets(string address) =>
        !address.StartsWith(RedisScheme, StringComparison.Ordinal)
            ? address
            : RedisScheme + string.Join(',', address[RedisScheme.Length..].Split('/')[0].Split(',').TakeWhile(part => !part.Contains('=')));

    private static AtlasException NoRedis(string place) => NoAddress(WithoutSecrets(RedisScheme + place));

    private static AtlasException NoAddress(string place) =>
        new($"The cluster address '{place}' is not HOST:PORT with a port from 1 to 65535, nor redis://HOST:PORT.");
}
