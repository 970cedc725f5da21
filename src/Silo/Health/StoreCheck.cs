using Microsoft.Extensions.Diagnostics.HealthChecks;
using OrleansAtlas.Errors;
using OrleansAtlas.Store;

namespace OrleansAtlas.Silo.Health;

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
