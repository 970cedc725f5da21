namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>A named array's place in the parameter buffer.</summary>
/// <param name="Offset">Index of its first number.</param>
/// <param name="Length">How many numbers.</param>
/// <param name="Shape">Lengths of the axes; dense weights are <c>[out, in]</c>.</param>
public sealed record ParameterView(int Offset, int Length, IReadOnlyList<int> Shape);
