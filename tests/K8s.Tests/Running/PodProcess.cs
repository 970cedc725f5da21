using System.Collections.Concurrent;
using System.Diagnostics;
using k8s.Models;

namespace OrleansAtlas.Tests.Running;

/// <summary>A container's program as a process of this machine, with nothing in its environment but what the manifest gives.</summary>
internal sealed class PodProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;

    private PodProcess(Process process) => _process = process;

    public bool HasEnded => _process.HasExited;

    public string Said => string.Join('\n', _said);

    /// <summary>Its command line, as everybody on the machine may read it.</summary>
    public string CommandLine => File.ReadAllText($"/proc/{_process.Id}/cmdline");

    public static PodProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables)
    {
        var running = new PodProcess(new Process { StartInfo = Info(program, arguments, variables) });
        running._process.OutputDataReceived += (_, line) => running._said.Enqueue(line.Data ?? "");
        running._process.ErrorDataReceived += (_, line) => running._said.Enqueue(line.Data ?? "");
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Runs one to its end.</summary>
    public static async Task<AtlasRun> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> variables
    )
    {
        using var process = Process.Start(Info(program, arguments, variables))!;
        return await AtlasRun.EndOfAsync(process);
    }

    /// <summary>Asks what a probe asks until the answer is 200.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="port">The port that stands for the probe's.</param>
    public async Task AnswersAsync(V1Probe probe, int port)
    {
        using var limit = new CancellationTokenSource(Limit);
        var address = new Uri($"http://127.0.0.1:{port}{probe.HttpGet.Path}");
        while (!limit.IsCancellationRequested)
        {
            Assert.False(_process.HasExited, $"It ended: {Said}");
            try
            {
                using var answer = await Http.GetAsync(address, limit.Token);
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

        Assert.Fail($"{address} did not answer within {Limit}: {Said}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static ProcessStartInfo Info(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            // Where the image's WORKDIR is.
            WorkingDirectory = Path.IsPathRooted(program) ? Path.GetDirectoryName(program) : "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var inherited in new[] { "PATH", "DOTNET_ROOT" })
        {
            start.Environment[inherited] = Environment.GetEnvironmentVariable(inherited);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
