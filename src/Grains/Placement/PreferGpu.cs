using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace OrleansAtlas.Grains.Placement;

/// <summary>Where some silos have a GPU, work that describes frames goes to those, as long as they do not refuse it.</summary>
public sealed class PreferGpu() : PlacementFilterStrategy(order: 1)
{
    /// <summary>The key in a silo's metadata; its value is <c>true</c> where there is one.</summary>
    public const string Key = "gpu";
}

/// <summary>Places a grain by <see cref="PreferGpu"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PreferGpuAttribute() : PlacementFilterAttribute(new PreferGpu());

/// <summary>Keeps the silos with a GPU, or all where there is none.</summary>
internal sealed class PreferGpuDirector(ISiloMetadataCache silos) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy,
        PlacementTarget target,
        IEnumerable<SiloAddress> candidates
    )
    {
        var all = candidates.ToList();
        var preferred = all.Where(silo => silos.GetSiloMetadata(silo).Metadata.GetValueOrDefault(PreferGpu.Key) == "true").ToList();
        return preferred.Count > 0 ? preferred : all;
    }
}
