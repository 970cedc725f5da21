namespace OrleansAtlas.Search.Index;

/// <summary>A neighbour of a query.</summary>
/// <param name="Row">Number of the vector in the order it was added.</param>
/// <param name="Distance">Squared Euclidean distance.</param>
public readonly record struct Neighbour(int Row, float Distance);
