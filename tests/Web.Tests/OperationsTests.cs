using System.Net;
using OrleansAtlas.Images;
using OrleansAtlas.Store;
using OrleansAtlas.Web;

namespace OrleansAtlas.Tests;

/// <summary>What who runs the server asks it: is it well, and what does it measure?</summary>
public sealed class OperationsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Health_and_metrics_are_told_and_the_port_for_metrics_has_nothing_else()
    {
        var port = Ports.Free();
        await using var app = WebMap.Build(
            new WebMapOptions
            {
                Store = LocalStore.Open(_folder["store"], write: true),
                Images = new VipsImageCodec(),
                CacheFolder = _folder["cache"],
                Port = 0,
                MetricsPort = port,
            }
        );
        await app.StartAsync(Cancel);
        var (page, alone) = (new Uri(WebMap.AddressOf(app)), new Uri($"http://127.0.0.1:{port}"));

        Assert.Equal("alive", await _http.GetStringAsync(new Uri(page, "/health/live"), Cancel));
        Assert.Equal("ready", await _http.GetStringAsync(new Uri(page, "/health/ready"), Cancel));
        foreach (var place in new[] { page, alone })
        {
            var text = await _http.GetStringAsync(new Uri(place, "/metrics"), Cancel);
            Assert.Contains("http_server_request_duration_seconds", text, StringComparison.Ordinal);
            Assert.Contains("kestrel_active_connections", text, StringComparison.Ordinal);
        }

        foreach (var path in new[] { "/", "/health/live", "/api/v1/collections" })
        {
            using var nothing = await _http.GetAsync(new Uri(alone, path), Cancel);
            Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        }
    }
}
