using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OrleansAtlas.Grains.Placement;

/// <summary>Work that lives for seconds goes to the silo that is freest, by what this silo has given to each
/// (<see cref="InFlightTracker"/>):
/// by the time a silo could tell its load, it is another.</summary>
[Serializable, GenerateSerializer, Immutable]
internal sealed class LeastLoadedPlacement : PlacementStrategy;

/// <summary>Places a grain by <see cref="LeastLoadedPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LeastLoadedAttribute() : PlacementAttribute(new LeastLoadedPlacement());

/// <summary>Picks the freest silo of those that may.</summary>
internal sealed class LeastLoadedDirector(InFlightTracker outstanding) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(outstanding.Give(target.GrainIdentity, context.GetCompatibleSilos(target)));
}
