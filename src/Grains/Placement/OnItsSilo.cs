using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OrleansAtlas.Grains.Placement;

/// <summary>Places a grain on the silo that its key names.</summary>
[Serializable, GenerateSerializer, Immutable]
internal sealed class OnItsSiloPlacement : PlacementStrategy;

/// <summary>Places a grain by <see cref="OnItsSiloPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnItsSiloAttribute() : PlacementAttribute(new OnItsSiloPlacement());

/// <summary>Finds the silo, which may be gone.</summary>
internal sealed class OnItsSiloDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silo = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(silo)
            ? Task.FromResult(silo)
            : throw new OrleansException($"The silo {silo} is gone.");
    }
}
