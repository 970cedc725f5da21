using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrleansAtlas.Tests;

/// <summary>A real silo, started as a machine would start it.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private static readonly string Program = TestFiles.Built("Silo", "OrleansAtlas.Silo");

    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;

    private SiloProcess(int port, IReadOnlyList<string> arguments)
    {
        HttpPort = port;
        _process = new Process { StartInfo = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        (_process.StartInfo.Environment["POD_NAME"], _process.StartInfo.Environment["POD_IP"]) = ($"atlas-{port}", "127.0.0.1");
        _process.StartInfo.Environment["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(Program);
        _process.OutputDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int HttpPort { get; }

    public int Id => _process.Id;

    public string Said => string.Join('\n', _said);

    /// <summary>Starts a silo of the cluster that a Redis server keeps.</summary>
    public static SiloProcess Start(string store, string redis, string clustering = "Redis", int graceSeconds = 20)
    {
        var port = Ports.Free();
        return new SiloProcess(port,
        [
            "--Atlas:Store", store, "--Atlas:Clustering", clustering, "--Atlas:Redis", redis, "--Atlas:SiloPort", $"{Ports.Free()}", "--Atlas:GatewayPort", $"{Ports.Free()}",
            "--Atlas:Models:0", "resnet18", "--Atlas:ProbeSeconds", "2", "--Atlas:GraceSeconds", $"{graceSeconds}", "--Atlas:Slots", "2", "--urls", $"http://127.0.0.1:{port}",
        ]);
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
                if ((await Http.GetAsync(new Uri($"http://127.0.0.1:{HttpPort}/health/ready"), limit.Token)).IsSuccessStatusCode)
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
    public Task<string> HealthAsync(string which) => Http.GetStringAsync(new Uri($"http://127.0.0.1:{HttpPort}/health/{which}"));

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

        await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
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
}
