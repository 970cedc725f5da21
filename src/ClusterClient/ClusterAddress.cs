using System.Net;
using System.Net.Sockets;
using OrleansAtlas.Contracts;
using OrleansAtlas.Contracts.Wires;
using OrleansAtlas.Errors;
using StackExchange.Redis;

namespace OrleansAtlas.ClusterClient;

/// <summary>The address of a cluster: <c>HOST:PORT</c> of silos' gateways, several separated by commas, or <c>redis://HOST:PORT</c>
/// (<c>rediss://</c> for TLS), each with <c>/CLUSTERID</c> if that is not <c>atlas</c>.</summary>
/// <param name="ClusterId">The cluster's id.</param>
/// <param name="Redis">The Redis server that keeps the list of silos; null if gateways are given.</param>
/// <param name="Gateways">The gateways; none if a Redis server is given.</param>
internal sealed record ClusterAddress(string ClusterId, ConfigurationOptions? Redis, IPEndPoint[] Gateways)
{
    private const string RedisScheme = "redis://";
    private const string RedisTlsScheme = "rediss://";
    private const int DefaultGatewayPort = 30000;

    /// <summary>Reads an address and resolves the names of hosts.</summary>
    /// <exception cref="AtlasException">It is no address of a cluster, or holds a password.</exception>
    public static async Task<ClusterAddress> ParseAsync(string address, ClusterSecrets secrets, CancellationToken cancellationToken)
    {
        RefuseSecret(address);
        var scheme = new[] { RedisTlsScheme, RedisScheme }.FirstOrDefault(scheme => address.StartsWith(scheme, StringComparison.Ordinal));
        var rest = address[(scheme?.Length ?? 0)..];
        var (place, cluster) = rest.Split('/', 2) is [var p, { Length: > 0 } c] ? (p, c) : (rest.TrimEnd('/'), "atlas");
        if (!ClusterService.IsClusterId(cluster))
        {
            throw new AtlasException(
                $"'{cluster}' in the cluster address is no cluster's id; give {ClusterService.ClusterIds} after the slash."
            );
        }

        return scheme is not null
            ? new ClusterAddress(cluster, RedisAt(place, scheme, secrets), [])
            : new ClusterAddress(cluster, null, await GatewaysAsync(place, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The same place, for a cluster of this id.</summary>
    public static string Of(string address, string clusterId)
    {
        var host = address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        return $"{address[..host]}{address[host..].Split('/')[0]}/{clusterId}";
    }

    /// <exception cref="AtlasException">The address holds a user or a password.</exception>
    public static void RefuseSecret(string address)
    {
        if (RedisAccess.HoldsSecret(address))
        {
            throw new AtlasException(
                "The cluster address holds a user or a password, which command lines and logs show to others; give "
                    + "redis://HOST:PORT or rediss://HOST:PORT, and the others in the environment: ATLAS_REDIS_USER and "
                    + "ATLAS_REDIS_PASSWORD_FILE or ATLAS_REDIS_PASSWORD."
            );
        }
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

    private static ConfigurationOptions RedisAt(string place, string scheme, ClusterSecrets secrets) =>
        new RedisAccess(place, secrets.RedisUser, secrets.RedisPassword, scheme == RedisTlsScheme, secrets.RedisAuthorityFile).Options()
        ?? throw NoAddress(scheme + Hosts(place));

    // What follows the hosts may hold what is meant to be a secret.
    private static string Hosts(string place) => string.Join(',', place.Split(',').TakeWhile(part => !part.Contains('=')));

    private static AtlasException NoAddress(string place) =>
        new($"The cluster address '{place}' is not HOST:PORT with a port from 1 to 65535, nor redis://HOST:PORT or rediss://HOST:PORT.");
}
