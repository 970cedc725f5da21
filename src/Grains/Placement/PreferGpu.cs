using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace OrleansAtlas.Grains.Placement;

/// <summary>Restricts grains that describe frames to silos with a GPU, if there are any that have not refused the work.</summary>
public sealed class PreferGpu() : PlacementFilterStrategy(order: 1)
{
    /// <summary>The key in a silo's metadata; its value is <c>true</c> if the silo has a GPU.</summary>
    public const string Key = "gpu";
}

/// <summary>Places a grain by <see cref="PreferGpu"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PreferGpuAttribute() : PlacementFilterAttribute(new PreferGpu());

/// <summary>Keeps the silos with a GPU; all silos if none has one.</summary>
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
