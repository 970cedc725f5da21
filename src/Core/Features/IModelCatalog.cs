using OrleansAtlas.Store;

namespace OrleansAtlas.Features;

/// <summary>The networks of one process that works for many collections: one session and one queue for each.</summary>
public interface IModelCatalog
{
    /// <summary>The model for a new collection, and what else its numbers will depend on. Opens it, which takes a second.</summary>
    /// <param name="wish">Name or file; null for the best one here.</param>
    /// <exception cref="ModelException">It is not here.</exception>
    (ModelPin Pin, Profile Profile) Choose(string? wish);

    /// <summary>The queue of a collection's model.</summary>
    /// <exception cref="ModelException">This machine does not have it, or would give other numbers than the collection's
    /// profile.</exception>
    InferenceQueue QueueFor(CollectionSettings settings);
}
