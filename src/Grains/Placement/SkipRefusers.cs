using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OrleansAtlas.Grains.Placement;

/// <summary>Work that a silo had no place for goes to another.</summary>
public sealed class SkipRefusers() : PlacementFilterStrategy(order: 0);

/// <summary>Places a grain by <see cref="SkipRefusers"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SkipRefusersAttribute() : PlacementFilterAttribute(new SkipRefusers());

/// <summary>Keeps the silos that have not refused the work, or all where all have.</summary>
internal sealed class SkipRefusersDirector(InFlightTracker outstanding) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy,
        PlacementTarget target,
        IEnumerable<SiloAddress> candidates
    ) => outstanding.Willing(target.GrainIdentity, [.. candidates]);
}
