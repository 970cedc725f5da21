using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansAtlas.Access;
using OrleansAtlas.Store;

namespace OrleansAtlas.Silo.Health;

/// <summary>Three questions: has it started, can it work, should it be started again? The last one does not look at the store:
/// a silo is not better for being started again while the store is away.</summary>
internal static class HealthHosting
{
    private const string Work = "work";
    private const string Life = "life";

    public static void AddHealth(this WebApplicationBuilder builder) =>
        builder
            .Services.AddHealthChecks()
            .AddCheck<SiloCheck>("silo", tags: [Work])
            .AddCheck<StoreCheck>("store", tags: [Work])
            .AddCheck<FfmpegCheck>("ffmpeg", tags: [Work])
            .AddCheck<ModelCheck>("model", tags: [Work])
            .AddCheck<AliveCheck>("alive", tags: [Life]);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/startup", Options(Work));
        app.MapHealthChecks("/health/ready", Options(Work));
        app.MapHealthChecks("/health/live", Options(Life));
    }

    private static HealthCheckOptions Options(string tag) =>
        new() { Predicate = check => check.Tags.Contains(tag), ResponseWriter = WriteAsync };

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        return context
            .Response.Body.WriteAsync(
                context.MayHearDetails()
                    ? StoreJson.ToBytes(
                        new
                        {
                            status = StateOf(report),
                            checks = report.Entries.ToDictionary(
                                entry => entry.Key,
                                entry => new { ok = entry.Value.Status == HealthStatus.Healthy, detail = entry.Value.Description }
                            ),
                        }
                    )
                    : StoreJson.ToBytes(new { status = StateOf(report) })
            )
            .AsTask();
    }

    private static string StateOf(HealthReport report) => report.Status.ToString().ToLowerInvariant();
}
