using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansAtlas.Media;

namespace OrleansAtlas.Silo.Health;

/// <summary>Whether ffmpeg is still there.</summary>
internal sealed class FfmpegCheck(FfmpegTools ffmpeg) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            File.Exists(ffmpeg.Ffmpeg) ? HealthCheckResult.Healthy(ffmpeg.Version) : HealthCheckResult.Unhealthy($"{ffmpeg.Ffmpeg} is gone")
        );
}
