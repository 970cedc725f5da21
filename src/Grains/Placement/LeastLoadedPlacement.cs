using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OrleansAtlas.Grains.Placement;

// Why: docs/decisions/placing-work.md
/// <summary>Places grains on the silo with the least work in flight (<see cref="InFlightTracker"/>). Grains of a segment exist for
/// seconds, so a load that silos publish would be outdated when it is used.</summary>
[Serializable, GenerateSerializer, Immutable]
internal sealed class LeastLoadedPlacement : PlacementStrategy;

/// <summary>Places a grain by <see cref="LeastLoadedPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LeastLoadedAttribute() : PlacementAttribute(new LeastLoadedPlacement());

/// <summary>Chooses the compatible silo with the least work in flight.</summary>
internal sealed class LeastLoadedDirector(InFlightTracker tracker) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(tracker.Give(target.GrainIdentity, context.GetCompatibleSilos(target)));
}
