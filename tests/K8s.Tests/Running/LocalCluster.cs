using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using k8s.Models;
using OrleansAtlas.Tests.Manifests;

[assembly: AssemblyFixture(typeof(OrleansAtlas.Tests.Running.LocalCluster))]

namespace OrleansAtlas.Tests.Running;

/// <summary>What the chart makes of <c>running.yaml</c>, run as processes of this machine: Redis, two silos and a web map, each with the
/// command, the arguments and the variables of its container. Only places differ: addresses, ports and folders are those of this
/// machine.</summary>
public sealed partial class LocalCluster : IAsyncLifetime
{
    /// <summary>What Redis asks for.</summary>
    internal const string Password = "a-password-that-nobody-may-see";

    private readonly TemporaryFolder _folder = new();
    private readonly List<PodProcess> _processes = [];
    private readonly Lazy<Task> _started;
    private readonly int _redisPort = Ports.Free();
    private Manifest? _manifest;

    public LocalCluster() => _started = new Lazy<Task>(StartAllAsync);

    internal Manifest Manifest => _manifest!;

    internal IReadOnlyList<PodProcess> Processes => _processes;

    internal int WebPort { get; } = Ports.Free();

    /// <summary>Ports of <c>/metrics</c>: of the silos, then of the web map.</summary>
    internal List<string> MetricsPorts { get; } = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Starts everything, once; the test is skipped where Redis or helm is not installed.</summary>
    public async Task StartAsync()
    {
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        Assert.SkipUnless(places.Any(place => File.Exists(Path.Combine(place, "redis-server"))), "redis-server is not installed");
        await _started.Value;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>The container of a part of the product.</summary>
    internal V1Container Container(string component, int index = 0) =>
        Manifest.Pods.Single(pod => pod.Component == component).Spec.Containers[index];

    /// <summary>Runs the container of a job to its end.</summary>
    /// <param name="component">The part of the product.</param>
    /// <param name="more">Variables that differ.</param>
    internal Task<AtlasRun> RunAsync(string component, params (string Name, string Value)[] more)
    {
        var (arguments, variables) = Place(Container(component), new Dictionary<string, string>(), more);
        return PodProcess.RunAsync(TestFiles.Built("Client", "atlas"), arguments, variables);
    }

    /// <summary>Runs <c>atlas</c> with the variables of a job's container and other arguments.</summary>
    internal Task<AtlasRun> AtlasAsync(params string[] arguments)
    {
        var (_, variables) = Place(Container("nightly"), new Dictionary<string, string>(), []);
        return PodProcess.RunAsync(TestFiles.Built("Client", "atlas"), arguments, variables);
    }

    /// <summary>Runs a command of a container that has one.</summary>
    internal Task<AtlasRun> CommandAsync(V1Container container, params (string Name, string Value)[] more)
    {
        var (_, variables) = Place(container, new Dictionary<string, string>(), more);
        return PodProcess.RunAsync(container.Command[0], container.Command.Skip(1), variables);
    }

    private async Task StartAllAsync()
    {
        _manifest = Manifest.Load(await Chart.RenderAsync(Chart.Running));
        await Certificates.WriteAsync(_folder["secrets", "tls"]);
        foreach (var secret in new[] { "redis-tls", "redis-authority" })
        {
            Directory.CreateDirectory(_folder["secrets", secret]);
            foreach (var file in new[] { "tls.crt", "tls.key", "ca.crt" })
            {
                File.Copy(_folder["secrets", "tls", file], _folder["secrets", secret, file]);
            }
        }

        string[] places = ["secrets/redis", "secrets/web", "films/store", "films/library", "cache", "tmp", "data", "run/redis", "config"];
        foreach (var place in places)
        {
            Directory.CreateDirectory(_folder[place]);
        }

        await File.WriteAllTextAsync(_folder["secrets/redis/password"], Password + "\n");
        await File.WriteAllTextAsync(_folder["secrets/web/key"], "0123456789abcdef0123456789abcdef\n");
        await MakeFilmAsync("test.mp4", "testsrc2=size=320x180:rate=25");
        await MakeFilmAsync("life.mp4", "life=size=320x180:rate=25:mold=10:ratio=0.1:seed=1");
        await StartRedisAsync();
        await StartSiloAsync("1");
        await StartSiloAsync("2");
        await StartWebAsync();
    }

    private async Task StartRedisAsync()
    {
        var map = Instead("6379", _redisPort);
        foreach (var (name, text) in Manifest.ConfigMaps["atlas-redis"])
        {
            await File.WriteAllTextAsync(_folder["config", name], Place(text, map));
        }

        var container = Container("redis");
        var (_, variables) = Place(container, map, []);
        var redis = PodProcess.Start(container.Command[0], container.Command.Skip(1).Select(word => Place(word, map)), variables);
        _processes.Add(redis);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", _redisPort, limit.Token);
                return;
            }
            catch (SocketException)
            {
                Assert.False(redis.HasEnded, redis.Said);
                await Task.Delay(50, limit.Token);
            }
        }
    }

    private async Task StartSiloAsync(string name)
    {
        var http = Ports.Free();
        var map = Instead("8080", http);
        foreach (var port in new[] { "11111", "30000", "9464" })
        {
            map[port] = $"{Ports.Free()}";
        }

        var container = Container("silo");
        var (arguments, variables) = Place(container, map, [("POD_NAME", $"atlas-silo-{name}"), ("POD_IP", "127.0.0.1")]);
        var silo = PodProcess.Start(TestFiles.Built("Silo", "OrleansAtlas.Silo"), arguments, variables);
        _processes.Add(silo);
        foreach (var probe in new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe })
        {
            await silo.AnswersAsync(probe, http);
        }

        MetricsPorts.Add(map["9464"]);
    }

    private async Task StartWebAsync()
    {
        var container = Container("web");
        var map = Instead("5080", WebPort);
        map["9464"] = $"{Ports.Free()}";
        MetricsPorts.Add(map["9464"]);
        var (arguments, variables) = Place(container, map, []);
        var web = PodProcess.Start(TestFiles.Built("Client", "atlas"), arguments, variables);
        _processes.Add(web);
        foreach (var probe in new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe })
        {
            await web.AnswersAsync(probe, WebPort);
        }
    }

    private (string[] Arguments, Dictionary<string, string> Variables) Place(
        V1Container container,
        IReadOnlyDictionary<string, string> map,
        (string Name, string Value)[] more
    )
    {
        var variables = container.Variables(Manifest).ToDictionary(pair => pair.Key, pair => Place(pair.Value, map));
        variables["HOME"] = _folder["tmp"];
        variables["DOTNET_PROCESSOR_COUNT"] = "2";
        foreach (var (name, value) in more)
        {
            variables[name] = value;
        }

        return ([.. container.Arguments(variables).Select(argument => Place(argument, map))], variables);
    }

    // In one go, so that what is put in is not replaced again.
    private string Place(string text, IReadOnlyDictionary<string, string> map) =>
        Places()
            .Replace(
                text,
                match =>
                    match.Value.StartsWith('/') ? _folder.Path + match.Value
                    : match.Value == "atlas-redis:6379" ? $"localhost:{_redisPort}"
                    : match.Value is "0.0.0.0" or "* -::*" ? "127.0.0.1"
                    : map.GetValueOrDefault(match.Value, match.Value)
            );

    private static Dictionary<string, string> Instead(string port, int instead) => new() { [port] = $"{instead}" };

    private async Task MakeFilmAsync(string name, string source)
    {
        var film = _folder["films/library", name];
        string[] arguments = ["-nostdin", "-v", "error", "-f", "lavfi", "-i", source, "-t", "3", "-pix_fmt", "yuv420p", film];
        using var ffmpeg = Process.Start("ffmpeg", arguments);
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
    }

    [GeneratedRegex(
        @"(?<![\w/])/(secrets|films|cache|data|config|run/redis)\b|atlas-redis:6379|0\.0\.0\.0|\* -::\*"
            + @"|\b(6379|8080|5080|11111|30000|9464)\b"
    )]
    private static partial Regex Places();
}
