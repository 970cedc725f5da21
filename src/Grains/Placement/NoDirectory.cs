using Orleans.GrainDirectory;

namespace OrleansAtlas.Grains.Placement;

/// <summary>A grain directory without entries. Grains placed by <see cref="LeastLoadedPlacement"/> are called only by the silo that placed
/// them, which knows where they are (<see cref="InFlightTracker"/>); a directory would cost three more messages a segment.</summary>
internal sealed class NoDirectory : IGrainDirectory
{
    /// <summary>Its name in <see cref="GrainDirectoryAttribute"/>.</summary>
    public const string Name = "none";

    public Task<GrainAddress?> Register(GrainAddress address) => Task.FromResult<GrainAddress?>(address);

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult<GrainAddress?>(null);

    public Task Unregister(GrainAddress address) => Task.CompletedTask;

    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;
}
