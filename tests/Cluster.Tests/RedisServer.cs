using System.Diagnostics;
using System.Net.Sockets;

namespace OrleansAtlas.Tests;

/// <summary>A real Redis server on a free port of this machine.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string[] _guard;
    private Process _process;

    private RedisServer(string folder, int port, string[] guard)
    {
        (_folder, Port, _guard) = (folder, port, guard);
        _process = Launch();
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Starts one that lets everybody in.</summary>
    public static Task<RedisServer> StartAsync(string folder)
    {
        var port = Ports.Free();
        return StartAsync(folder, port, ["--port", $"{port}"]);
    }

    /// <summary>Starts one that is reached by TLS alone and lets one user in.</summary>
    public static Task<RedisServer> StartAsync(string folder, (string Name, string Password) user, TestAuthority authority)
    {
        var (port, (certificate, key)) = (Ports.Free(), authority.Issue("redis"));
        string[] tls = ["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", authority.AuthorityFile];
        Directory.CreateDirectory(folder);
        var users = Path.Combine(folder, "users.acl");
        File.WriteAllText(users, $"user default off\nuser {user.Name} on >{user.Password} ~* &* +@all\n");
        return StartAsync(folder, port, ["--port", "0", "--tls-port", $"{port}", "--tls-auth-clients", "no", .. tls, "--aclfile", users]);
    }

    private static async Task<RedisServer> StartAsync(string folder, int port, string[] guard)
    {
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Assert.SkipUnless(places.Any(place => File.Exists(Path.Combine(place, "redis-server"))), "redis-server is not installed");
        Directory.CreateDirectory(folder);
        var server = new RedisServer(folder, port, guard);
        await server.AnswersAsync();
        return server;
    }

    /// <summary>Ends the server hard.</summary>
    public async Task EndAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    /// <summary>Ends the server hard and starts it again; what it had written down is there again.</summary>
    public async Task RestartAsync(TimeSpan away)
    {
        await EndAsync();
        await Task.Delay(away);
        _process.Dispose();
        _process = Launch();
        await AnswersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _process.Dispose();
    }

    private Process Launch()
    {
        string[] arguments =
        [
            .. _guard,
            "--bind",
            "127.0.0.1",
            "--dir",
            _folder,
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
        ];
        return Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
    }

    private async Task AnswersAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", Port, limit.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }
}
