namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>The five terms of the loss, unweighted.</summary>
/// <param name="Reconstruction">Mean over all entries of (decode(encode(a)) - a)^2.</param>
/// <param name="Activity">Mean over the 2 dimensions of mean^2 + (deviation - target)^2 over all codes of the batch.</param>
/// <param name="LogRatio">Mean over triplets of the squared difference of <c>log((eps + |a-b|^2) / (eps + |b-c|^2))</c> between inputs and
/// codes.</param>
/// <param name="Temporal">Mean over triplets of <c>|(za + zc) / 2 - zb|^2</c>.</param>
/// <param name="Layout">Mean over a and the 2 dimensions of the squared difference between code and place in the layout of neighbours, in
/// units of the codes' deviation.</param>
public readonly record struct Losses(double Reconstruction, double Activity, double LogRatio, double Temporal, double Layout = 0)
{
    /// <summary>The sum that training makes small.</summary>
    public double Total(LossWeights weights) =>
        (weights.Reconstruction * Reconstruction)
        + (weights.Activity * Activity)
        + (weights.LogRatio * LogRatio)
        + (weights.Temporal * Temporal)
        + (weights.Layout * Layout);
}

/// <summary>Weights of the terms; a term of weight 0 costs nothing and is reported as 0, except that the activity is always
/// computed.</summary>
public readonly record struct LossWeights(float Reconstruction, float Activity, float LogRatio, float Temporal, float Layout = 0)
{
    /// <summary>Whether b and c of each triplet take part.</summary>
    public bool NeedsTriplets => LogRatio != 0 || Temporal != 0;
}
