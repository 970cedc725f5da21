using OrleansAtlas.Store;

namespace OrleansAtlas.Indexing;

/// <summary>A collection as it was asked for.</summary>
/// <param name="Collection">The collection; null where it is refused.</param>
/// <param name="IsNew">True where this call made it.</param>
/// <param name="Refusal">Why it cannot be as asked for, one sentence; null where all is well.</param>
public sealed record CollectionOpening(CollectionStore? Collection, bool IsNew, string? Refusal);
