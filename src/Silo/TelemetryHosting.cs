using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using OrleansAtlas.Indexing;

namespace OrleansAtlas.Silo;

/// <summary>Metrics and traces over OTLP, to where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; nothing where it says nothing.</summary>
internal static class TelemetryHosting
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SiloMetrics>();
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Services.ConfigureOpenTelemetryMeterProvider(
            (services, metrics) => metrics.AddMeter(services.GetRequiredService<SiloMetrics>().Name)
        );
        var instance = $"{Environment.MachineName}-{Environment.ProcessId}";
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("atlas-silo", serviceInstanceId: instance))
            .WithMetrics(metrics => metrics.AddMeter("Microsoft.Orleans", "System.Runtime", IndexingMetrics.MeterName).AddOtlpExporter())
            .WithTracing(traces => traces.AddSource("Microsoft.Orleans.Application").AddOtlpExporter());
    }
}
