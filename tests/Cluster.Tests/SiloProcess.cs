using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace OrleansAtlas.Tests;

/// <summary>A real silo, started as a machine would start it.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private static readonly Dictionary<string, string> NoEnvironment = [];

    private static readonly string Program = TestFiles.Built("Silo", "OrleansAtlas.Silo");

    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;
    private readonly Uri _address;
    private readonly int _port;

    private SiloProcess(int port, string? ffmpeg, IReadOnlyDictionary<string, string> environment, params string[] arguments)
        : this((port, Ports.Free()), ffmpeg, environment, arguments) { }

    private SiloProcess(
        (int Silo, int Gateway) ports,
        string? ffmpeg,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    )
    {
        var port = ports.Silo;
        Gateway = $"127.0.0.1:{ports.Gateway}";
        (_port, _address) = (port, new Uri($"http://127.0.0.1:{Ports.Free()}"));
        string[] own =
        [
            "--Atlas:SiloPort",
            $"{port}",
            "--Atlas:GatewayPort",
            $"{ports.Gateway}",
            "--Atlas:Models:0",
            Films.Model,
            "--urls",
            $"{_address}",
        ];
        _process = new Process { StartInfo = With([.. own, .. arguments]) };
        (_process.StartInfo.Environment["POD_NAME"], _process.StartInfo.Environment["POD_IP"]) = ($"atlas-{port}", "127.0.0.1");
        _process.StartInfo.Environment["ATLAS_FFMPEG"] = ffmpeg;
        foreach (var (name, value) in environment)
        {
            _process.StartInfo.Environment[name] = value;
        }

        _process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where clients reach it.</summary>
    public string Gateway { get; }

    /// <summary>Of its HTTP side.</summary>
    public Uri Address => _address;

    public string Said => string.Join('\n', _said);

    /// <summary>Whether it reads a film just now: it has ffmpeg at work.</summary>
    public bool Decodes => Process.GetProcessesByName("ffmpeg").Any(ffmpeg => ParentOf(ffmpeg.Id) == _process.Id);

    /// <summary>Starts a silo of the cluster that a Redis server keeps.</summary>
    public static SiloProcess Start(
        string store,
        string redis,
        string clustering,
        int graceSeconds,
        string ffmpeg,
        IReadOnlyDictionary<string, string> environment
    ) =>
        new(
            Ports.Free(),
            ffmpeg,
            environment,
            "--Atlas:Store",
            store,
            "--Atlas:Clustering",
            clustering,
            "--Atlas:Redis",
            redis,
            "--Atlas:ProbeSeconds",
            "2",
            "--Atlas:GraceSeconds",
            $"{graceSeconds}",
            "--Atlas:Slots",
            "2"
        );

    /// <summary>Starts a silo of the cluster that a Redis server keeps, with everything else in its environment.</summary>
    public static SiloProcess StartByRedis(string store, (int Silo, int Gateway) ports, IReadOnlyDictionary<string, string> environment) =>
        new(ports, null, environment, "--Atlas:Store", store, "--Atlas:Clustering", "Redis");

    /// <summary>Starts the first silo of a cluster that needs no Redis server.</summary>
    public static SiloProcess StartFirst(string store, params string[] more)
    {
        var port = Ports.Free();
        return new(port, null, NoEnvironment, ["--Atlas:Store", store, "--Atlas:PrimaryPort", $"{port}", .. more]);
    }

    /// <summary>Starts another silo of the cluster whose first silo this is.</summary>
    public SiloProcess StartAnother(string store) =>
        new(Ports.Free(), null, NoEnvironment, "--Atlas:Store", store, "--Atlas:PrimaryPort", $"{_port}");

    /// <summary>Runs a silo with nothing but these arguments to its end.</summary>
    public static async Task<AtlasRun> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(With(arguments))!;
        return await AtlasRun.EndOfAsync(process);
    }

    /// <summary>Waits until it can work.</summary>
    public async Task ReadyAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!limit.IsCancellationRequested)
        {
            Assert.False(_process.HasExited, $"The silo ended: {Said}");
            try
            {
                using var answer = await GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                // Not yet.
            }

            await Task.Delay(200);
        }

        Assert.Fail($"The silo was not ready within {Limit}: {Said}");
    }

    /// <summary>What one of its health answers says.</summary>
    public Task<string> HealthAsync(string which) => Http.GetStringAsync(new Uri(_address, $"/health/{which}"));

    /// <summary>Its answer to a request.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => Http.GetAsync(new Uri(_address, path));

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var signal = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await signal.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo With(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(Program);
        return start;
    }

    // One that ended in between has none.
    private static int? ParentOf(int id)
    {
        try
        {
            return int.Parse(File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
