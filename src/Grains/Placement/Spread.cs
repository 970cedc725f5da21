using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace OrleansAtlas.Grains.Placement;

/// <summary>Work that lives for seconds goes to every silo in turn: by the time a silo's load is known, it is another.</summary>
[Serializable, GenerateSerializer, Immutable]
internal sealed class Spread : PlacementStrategy;

/// <summary>Places a grain by <see cref="Spread"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SpreadAttribute() : PlacementAttribute(new Spread());

/// <summary>Picks the next silo of those that may.</summary>
internal sealed class SpreadDirector : IPlacementDirector
{
    private int _next = Random.Shared.Next();

    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        return Task.FromResult(silos[(int)((uint)Interlocked.Increment(ref _next) % (uint)silos.Length)]);
    }
}
