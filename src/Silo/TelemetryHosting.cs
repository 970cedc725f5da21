using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

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

        builder.Services.AddHostedService<TelemetryExport>();
    }

    private sealed class TelemetryExport(SiloMetrics metrics) : IHostedService
    {
        private MeterProvider? _meters;
        private TracerProvider? _traces;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var resource = ResourceBuilder.CreateDefault().AddService("atlas-silo", serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}");
            _meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(metrics.Name, "Microsoft.Orleans", "System.Runtime").AddOtlpExporter().Build();
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource("Microsoft.Orleans.Application").AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            _meters?.Dispose();
            _traces?.Dispose();
            return Task.CompletedTask;
        }
    }
}
