using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansAtlas.Errors;
using OrleansAtlas.Hosting.Models;

namespace OrleansAtlas.Silo.Health;

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
