using OrleansAtlas.Errors;
using OrleansAtlas.Store;

namespace OrleansAtlas.Features;

/// <summary>The networks that a process may describe with: one session and one queue for each that is in use.</summary>
public interface IModelCatalog
{
    /// <summary>Finds the model for a new collection.</summary>
    /// <param name="nameOrFile">Name or file; null for the best one here.</param>
    /// <param name="cancellationToken">Stops a download.</param>
    /// <exception cref="ModelException">It is not here.</exception>
    Task<ModelPin> FindAsync(string? nameOrFile, CancellationToken cancellationToken);

    /// <summary>What else the numbers of a model depend on here. Opens it, which takes a second.</summary>
    /// <exception cref="ModelException">It is not here, or cannot be opened.</exception>
    Task<Profile> ProfileAsync(ModelPin model, CancellationToken cancellationToken);

    /// <summary>The queue of a collection's model.</summary>
    /// <exception cref="ModelException">This machine does not have it, or would give other numbers than the collection's
    /// profile.</exception>
    InferenceQueue QueueFor(CollectionSettings settings);
}
