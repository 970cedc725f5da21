using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Search.Similar;

/// <summary>A stretch of a film that is like another clip.</summary>
/// <param name="Clip">The stretch.</param>
/// <param name="Score">1 for the same, 0 for as far apart as two frames of the library that have nothing to do with each other.</param>
/// <param name="Looks">The share of the score that what is seen has, on the same scale.</param>
/// <param name="Order">The share that its order has.</param>
/// <param name="Why">One sentence.</param>
public sealed record ClipMatch(Clip Clip, double Score, double Looks, double Order, string Why);
