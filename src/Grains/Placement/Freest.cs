using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OrleansAtlas.Grains.Placement;

/// <summary>Work that lives for seconds goes to the silo that is freest, by what this silo has given to each (<see cref="Outstanding"/>):
/// by the time a silo could tell its load, it is another.</summary>
[Serializable, GenerateSerializer, Immutable]
internal sealed class Freest : PlacementStrategy;

/// <summary>Places a grain by <see cref="Freest"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class FreestAttribute() : PlacementAttribute(new Freest());

/// <summary>Picks the freest silo of those that may.</summary>
internal sealed class FreestDirector(Outstanding outstanding) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(outstanding.Give(target.GrainIdentity, context.GetCompatibleSilos(target)));
}
