using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OrleansAtlas.Grains.Placement;

/// <summary>Excludes silos that refused the work.</summary>
public sealed class SkipRefusers() : PlacementFilterStrategy(order: 0);

/// <summary>Places a grain by <see cref="SkipRefusers"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SkipRefusersAttribute() : PlacementFilterAttribute(new SkipRefusers());

/// <summary>Keeps the silos that have not refused the work; all silos if all have.</summary>
internal sealed class SkipRefusersDirector(InFlightTracker tracker) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy,
        PlacementTarget target,
        IEnumerable<SiloAddress> candidates
    ) => tracker.Willing(target.GrainIdentity, [.. candidates]);
}
