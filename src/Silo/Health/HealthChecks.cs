using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansAtlas.Errors;
using OrleansAtlas.Hosting.Models;
using OrleansAtlas.Media;
using OrleansAtlas.Store;

namespace OrleansAtlas.Silo.Health;

/// <summary>Whether this silo belongs to the cluster.</summary>
internal sealed class SiloCheck(ISiloStatusOracle silos) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            silos.CurrentStatus == SiloStatus.Active
                ? HealthCheckResult.Healthy($"active, {silos.GetApproximateSiloStatuses(onlyActive: true).Count} silos")
                : HealthCheckResult.Unhealthy($"the silo is {silos.CurrentStatus}")
        );
}

/// <summary>Whether this silo has not been declared dead: a process that has can only be started again.</summary>
internal sealed class AliveCheck(ISiloStatusOracle silos) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            silos.CurrentStatus == SiloStatus.Dead
                ? HealthCheckResult.Unhealthy("the others took the silo for dead")
                : HealthCheckResult.Healthy($"the silo is {silos.CurrentStatus}")
        );
}

/// <summary>Whether the store can be written.</summary>
internal sealed class StoreCheck(IArtifactStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var name = $".health/{Environment.MachineName}-{Environment.ProcessId}";
            await store.TryAddAsync(name, ReadOnlyMemory<byte>.Empty, cancellationToken);
            await store.DeleteAsync(name, cancellationToken);
            return HealthCheckResult.Healthy(store.Location);
        }
        catch (StoreException error)
        {
            return HealthCheckResult.Unhealthy(error.Message);
        }
    }
}

/// <summary>Whether ffmpeg is still there.</summary>
internal sealed class FfmpegCheck(FfmpegTools ffmpeg) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            File.Exists(ffmpeg.Ffmpeg) ? HealthCheckResult.Healthy(ffmpeg.Version) : HealthCheckResult.Unhealthy($"{ffmpeg.Ffmpeg} is gone")
        );
}

/// <summary>Whether the model files are still there, and those that are needed can be opened: one that could not be is tried again here,
/// so that the silo recovers also while no segments come.</summary>
internal sealed class ModelCheck(ListedModels models, OnnxModelCatalog opened) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (models.Files.FirstOrDefault(file => !File.Exists(file.Path)) is { } gone)
        {
            return HealthCheckResult.Unhealthy($"{gone.Path} is gone");
        }

        try
        {
            await opened.OpenNeededAsync(cancellationToken);
            return HealthCheckResult.Healthy(models.Names);
        }
        catch (ModelException error)
        {
            return HealthCheckResult.Unhealthy(error.Message);
        }
    }
}
