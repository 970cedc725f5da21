namespace OrleansAtlas.Numerics;

/// <summary>An array read from a .npy file.</summary>
/// <param name="Values">Elements, row-major.</param>
/// <param name="Shape">Lengths of the axes.</param>
public sealed record NpyArray<T>(T[] Values, int[] Shape);
