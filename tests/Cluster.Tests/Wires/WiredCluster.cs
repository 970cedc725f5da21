using System.Net;
using OrleansAtlas.ClusterClient;
using OrleansAtlas.Contracts.Wires;

namespace OrleansAtlas.Tests;

/// <summary>Two silos, each of which is reached through a proxy that listens, and a Redis server; with TLS everywhere, or plain.</summary>
internal sealed class WiredCluster : IAsyncDisposable
{
    private const string User = "atlas";
    private const string Password = "a-password-that-nobody-says";

    private readonly List<SiloProcess> _silos = [];
    private readonly RedisServer _redis;
    private readonly int _redisPort = Ports.Free();
    private readonly TestAuthority? _authority;
    private readonly TemporaryFolder _folder;

    private WiredCluster(TemporaryFolder folder, RedisServer redis, TestAuthority? authority)
    {
        (_folder, _redis, _authority) = (folder, redis, authority);
        Wires.Add(new ListeningProxy(new(IPAddress.Loopback, _redisPort), new(IPAddress.Loopback, redis.Port)));
    }

    public string Store => _folder["store"];

    public string Address => $"{(_authority is null ? "redis" : "rediss")}://127.0.0.1:{_redisPort}";

    /// <summary>To Redis, then to the port for silos and the gateway of each silo.</summary>
    public List<ListeningProxy> Wires { get; } = [];

    public IEnumerable<ListeningProxy> BetweenSilos => Wires.Where((_, place) => place % 2 == 1);

    public IEnumerable<ListeningProxy> ToGateways => Wires.Where((_, place) => place > 0 && place % 2 == 0);

    public string Said => string.Join("\n---\n", _silos.Select(silo => silo.Said));

    /// <summary>What a client finds in its environment.</summary>
    public Dictionary<string, string> ClientEnvironment =>
        _authority is null
            ? []
            : new()
            {
                ["ATLAS_REDIS_USER"] = User,
                ["ATLAS_REDIS_PASSWORD_FILE"] = _folder["password"],
                ["ATLAS_REDIS_AUTHORITY_FILE"] = _authority.AuthorityFile,
                ["ATLAS_TLS_CERTIFICATE_FILE"] = ClientFiles.Certificate,
                ["ATLAS_TLS_KEY_FILE"] = ClientFiles.Key,
                ["ATLAS_TLS_AUTHORITY_FILE"] = _authority.AuthorityFile,
            };

    private (string Certificate, string Key) ClientFiles { get; set; }

    public static async Task<WiredCluster> StartAsync(TemporaryFolder folder, bool tls)
    {
        var authority = tls ? new TestAuthority(folder["certificates"], "family") : null;
        var redis = await (
            authority is null
                ? RedisServer.StartAsync(folder["redis"])
                : RedisServer.StartAsync(folder["redis"], (User, Password), authority)
        );
        File.WriteAllText(folder["password"], Password + "\n");
        var cluster = new WiredCluster(folder, redis, authority) { ClientFiles = authority?.Issue("client", clientOnly: true) ?? default };
        try
        {
            cluster.StartSilo("127.0.0.11");
            cluster.StartSilo("127.0.0.12");
            await Task.WhenAll(cluster._silos.Select(silo => silo.ReadyAsync()));
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        return cluster;
    }

    /// <summary>What this process shows to get in.</summary>
    public ClusterSecrets Secrets(WireFiles? wires = null) =>
        _authority is null
            ? new()
            : new()
            {
                RedisUser = User,
                RedisPassword = Password,
                RedisAuthorityFile = _authority.AuthorityFile,
                Wires = wires ?? new WireFiles(ClientFiles.Certificate, ClientFiles.Key, _authority.AuthorityFile),
            };

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        foreach (var wire in Wires)
        {
            await wire.DisposeAsync();
        }

        await _redis.DisposeAsync();
    }

    private void StartSilo(string address)
    {
        var (port, gateway) = (Ports.Free(), Ports.Free());
        foreach (var wire in new[] { port, gateway })
        {
            Wires.Add(new ListeningProxy(new(IPAddress.Parse(address), wire), new(IPAddress.Loopback, wire)));
        }

        var environment = new Dictionary<string, string>
        {
            ["Atlas__Address"] = address,
            ["Atlas__ListenAddress"] = "127.0.0.1",
            ["Atlas__Redis"] = $"127.0.0.1:{_redisPort}",
        };
        if (_authority is { } authority)
        {
            var (certificate, key) = authority.Issue($"silo-{address}");
            environment["Atlas__Tls__CertificateFile"] = certificate;
            environment["Atlas__Tls__KeyFile"] = key;
            environment["Atlas__Tls__AuthorityFile"] = authority.AuthorityFile;
            environment["Atlas__RedisUser"] = User;
            environment["Atlas__RedisPasswordFile"] = _folder["password"];
            environment["Atlas__RedisTls"] = "true";
            environment["Atlas__RedisAuthorityFile"] = authority.AuthorityFile;
        }

        _silos.Add(SiloProcess.StartByRedis(Store, (port, gateway), environment));
    }
}
