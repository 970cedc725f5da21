using Orleans.GrainDirectory;

namespace OrleansAtlas.Grains.Placement;

/// <summary>A directory that lists nothing. Work that is given to the freest silo is asked about only by who gave it, and who gave it
/// knows where it is (<see cref="InFlightTracker"/>); a list in the cluster would cost three more messages a segment.</summary>
internal sealed class NoDirectory : IGrainDirectory
{
    /// <summary>What grains name it by.</summary>
    public const string Name = "none";

    public Task<GrainAddress?> Register(GrainAddress address) => Task.FromResult<GrainAddress?>(address);

    public Task<GrainAddress?> Lookup(GrainId grainId) => Task.FromResult<GrainAddress?>(null);

    public Task Unregister(GrainAddress address) => Task.CompletedTask;

    public Task UnregisterSilos(List<SiloAddress> siloAddresses) => Task.CompletedTask;
}
