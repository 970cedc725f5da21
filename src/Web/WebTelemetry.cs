using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OrleansAtlas.Access;

namespace OrleansAtlas.Web;

/// <summary>Metrics for Prometheus: requests, connections, refusals for want of room, and the runtime's.</summary>
internal static class WebTelemetry
{
    private static readonly string[] Meters =
    [
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.RateLimiting",
        "System.Runtime",
    ];

    private static string Instance => $"{Environment.MachineName}-{Environment.ProcessId}";

    public static void AddWebMetrics(this IServiceCollection services) =>
        services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("atlas-web", serviceInstanceId: Instance))
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());

    /// <summary>Answers on a port of its own with <c>/metrics</c> and nothing else, without a key; 0 for no such port.</summary>
    public static void UseMetricsPort(this WebApplication app, int port) =>
        app.UseOpenPort(port, alone => alone.UseOpenTelemetryPrometheusScrapingEndpoint());
}
