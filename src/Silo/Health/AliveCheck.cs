using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OrleansAtlas.Silo.Health;

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
