using System.Net;
using System.Text;

namespace OrleansAtlas.Tests;

/// <summary>Where a collector of telemetry is named, it gets the silo's metrics.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_collector_gets_the_metrics_of_the_silo_and_of_Orleans()
    {
        using var collector = new Collector();
        await using var silo = SiloProcess.StartFirst(_folder["store"], collector.Arguments);

        await collector.GetAsync("atlas-silo", "atlas.slots.free", "atlas.stage.items", "orleans-");
    }

    // Telemetry starts before the silo does.
    [Fact]
    public async Task A_silo_that_is_stopped_while_it_starts_ends_well()
    {
        using var collector = new Collector();
        await using var silo = SiloProcess.StartFirst(_folder["store"], [.. collector.Arguments, "--Atlas:PrimaryPort", $"{Ports.Free()}"]);

        await collector.GetAsync("atlas-silo");

        Assert.Equal(0, await silo.StopAsync());
    }

    private sealed class Collector : IDisposable
    {
        private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

        private readonly HttpListener _listener = new();
        private readonly string _address = $"http://127.0.0.1:{Ports.Free()}";

        public Collector()
        {
            _listener.Prefixes.Add($"{_address}/");
            _listener.Start();
        }

        public string[] Arguments =>
            [
                "--OTEL_EXPORTER_OTLP_ENDPOINT",
                _address,
                "--OTEL_EXPORTER_OTLP_PROTOCOL",
                "http/protobuf",
                "--OTEL_METRIC_EXPORT_INTERVAL",
                "500",
            ];

        /// <summary>Takes metrics until all of these names were among them.</summary>
        public async Task GetAsync(params string[] names)
        {
            using var limit = new CancellationTokenSource(Limit);
            var missing = names.ToHashSet(StringComparer.Ordinal);
            while (missing.Count > 0)
            {
                var exchange = await _listener.GetContextAsync().WaitAsync(limit.Token);
                using var reader = new StreamReader(exchange.Request.InputStream, Encoding.Latin1);
                var sent = await reader.ReadToEndAsync(limit.Token);
                exchange.Response.Close();
                missing.RemoveWhere(name =>
                    exchange.Request.Url!.AbsolutePath == "/v1/metrics" && sent.Contains(name, StringComparison.Ordinal)
                );
            }
        }

        public void Dispose() => _listener.Close();
    }
}
