using System.Diagnostics;
using System.Net;

namespace OrleansAtlas.Tests;

/// <summary>A silo whose model cannot be opened, until it can.</summary>
public sealed class ReadinessTests : IAsyncDisposable
{
    private static readonly string Silo = Path.Combine(TestFiles.Repository, "artifacts", "bin", "Silo", "release");
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Process _silo;
    private readonly Uri _ready;

    public ReadinessTests()
    {
        File.WriteAllText(_folder["model.onnx"], "not yet whole");
        File.WriteAllText(_folder["model.onnx.json"], """{ "name": "late", "inputSize": 224, "dimensions": 512, "licence": "none" }""");
        var (address, port) = ($"http://127.0.0.1:{Ports.Free()}", $"{Ports.Free()}");
        _ready = new Uri($"{address}/health/ready");
        string[] arguments =
        [
            "--Atlas:Store",
            _folder["store"],
            "--Atlas:Models:0",
            _folder["model.onnx"],
            "--Atlas:Clustering",
            "Localhost",
            "--Atlas:SiloPort",
            port,
            "--Atlas:PrimaryPort",
            port,
            "--Atlas:GatewayPort",
            $"{Ports.Free()}",
            "--urls",
            address,
            "--contentRoot",
            Silo,
        ];
        _silo = Process.Start(new ProcessStartInfo(Path.Combine(Silo, "OrleansAtlas.Silo"), arguments) { RedirectStandardOutput = true })!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_silo.HasExited)
        {
            _silo.Kill(entireProcessTree: true);
            await _silo.WaitForExitAsync();
        }

        _silo.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Is_not_ready_and_says_why_until_the_model_can_be_opened()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await SaidAsync("The model late cannot be opened", HttpStatusCode.ServiceUnavailable, limit.Token);
        var (status, answer) = await AskAsync(limit.Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("model.onnx cannot be opened as an ONNX model", answer);

        File.Copy(Path.Combine(Silo, "models", "resnet18.onnx"), _folder["model.onnx"], overwrite: true);
        await SaidAsync("The model late, which could not be opened, is open", HttpStatusCode.OK, limit.Token);
    }

    /// <summary>Asks until the answer has this status, and reads the log until it says this.</summary>
    private async Task SaidAsync(string part, HttpStatusCode status, CancellationToken cancellationToken)
    {
        while ((await AskAsync(cancellationToken)).Status != status)
        {
            await Task.Delay(100, cancellationToken);
        }

        string? line;
        do
        {
            line = await _silo.StandardOutput.ReadLineAsync(cancellationToken);
            Assert.NotNull(line);
        } while (!line.Contains(part, StringComparison.Ordinal));
    }

    private async Task<(HttpStatusCode? Status, string Answer)> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(_ready, cancellationToken);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException error)
        {
            Assert.False(_silo.HasExited, "The silo ended.");
            return (null, error.Message);
        }
    }
}
