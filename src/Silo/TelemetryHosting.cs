using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OrleansAtlas.Access;
using OrleansAtlas.Indexing;

namespace OrleansAtlas.Silo;

/// <summary>Metrics for Prometheus at <c>/metrics</c>, and metrics and traces over OTLP to where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>
/// says.</summary>
internal static class TelemetryHosting
{
    private const string Metrics = "/metrics";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SiloMetrics>();
        builder.Services.ConfigureOpenTelemetryMeterProvider(
            (services, metrics) => metrics.AddMeter(services.GetRequiredService<SiloMetrics>().Name)
        );
        var instance = $"{Environment.MachineName}-{Environment.ProcessId}";
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("atlas-silo", serviceInstanceId: instance))
            .WithMetrics(metrics =>
                metrics.AddMeter("Microsoft.Orleans", "System.Runtime", IndexingMetrics.MeterName).AddPrometheusExporter()
            );
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry
                .WithMetrics(metrics => metrics.AddOtlpExporter())
                .WithTracing(traces => traces.AddSource("Microsoft.Orleans.Application").AddOtlpExporter());
        }
    }

    /// <summary>Listens on the port for metrics, where there is one, beside the addresses of the HTTP side.</summary>
    public static void ListenForMetrics(this WebApplicationBuilder builder)
    {
        var settings = builder.UncheckedSettings();
        if (settings.MetricsPort is > 0 and <= 65535 and var port)
        {
            var host = settings.ListenAddress ?? (settings.Clustering == Clustering.Kubernetes ? "0.0.0.0" : settings.Address);
            builder.WebHost.UseUrls($"{AccessHosting.Urls(builder.Configuration)};http://{host}:{port}");
        }
    }

    /// <summary>Answers on the port for metrics with them and nothing else, before a key is asked for.</summary>
    public static void UseMetricsPort(this WebApplication app) =>
        app.UseOpenPort(app.Services.Settings().MetricsPort, alone => alone.UseOpenTelemetryPrometheusScrapingEndpoint());

    /// <summary>Metrics on the HTTP side, behind what asks for the key.</summary>
    public static void MapMetrics(this WebApplication app) => app.MapPrometheusScrapingEndpoint(Metrics);
}
