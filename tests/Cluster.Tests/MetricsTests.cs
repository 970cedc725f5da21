using System.Net;
using System.Net.Http.Headers;

namespace OrleansAtlas.Tests;

/// <summary>What Prometheus reads of a silo.</summary>
public sealed class MetricsTests : IDisposable
{
    private const string Key = "a key of more than sixteen characters";

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_port_of_its_own_has_metrics_and_nothing_else_and_the_HTTP_side_asks_for_the_key()
    {
        File.WriteAllText(_folder["key"], Key);
        var port = Ports.Free();
        await using var silo = SiloProcess.StartFirst(
            _folder["store"],
            "--Atlas:MetricsPort",
            $"{port}",
            "--Atlas:KeyFile",
            _folder["key"],
            "--OTEL_METRIC_EXPORT_INTERVAL",
            "500"
        );
        await silo.ReadyAsync();

        var text = await _http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), Cancel);
        foreach (
            var name in new[] { "atlas_slots_free", "atlas_queue_describe", "atlas_stage_busy_seconds_total{", "orleans_", "dotnet_gc" }
        )
        {
            Assert.Contains(name, text, StringComparison.Ordinal);
        }

        using var health = await _http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, health.StatusCode);
        using var closed = await silo.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(silo.Address, "/metrics"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        using var open = await _http.SendAsync(request, Cancel);
        Assert.Contains("atlas_slots_free", await open.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
