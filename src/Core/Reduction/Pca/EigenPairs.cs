namespace OrleansAtlas.Reduction.Pca;

/// <summary>The largest eigenvalues of a positive semidefinite matrix, falling, and their vectors as rows <c>[k, D]</c>.</summary>
internal sealed record EigenPairs(double[] Values, float[] Vectors);
