using Microsoft.Extensions.Diagnostics.HealthChecks;

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
