namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>The six terms of the loss, unweighted.</summary>
/// <param name="Reconstruction">Mean over all entries of (decode(encode(a)) - a)^2.</param>
/// <param name="Activity">Mean over the 2 dimensions of mean^2 + (deviation - target)^2 over all codes of the batch.</param>
/// <param name="LogRatio">Mean over triplets of the squared difference of <c>log((eps + |a-b|^2) / (eps + |b-c|^2))</c> between inputs and
/// codes.</param>
/// <param name="Temporal">Mean over triplets of <c>|(za + zc) / 2 - zb|^2</c>.</param>
/// <param name="Layout">Mean over a and the 2 dimensions of the squared difference between code and place in the layout of neighbours, in
/// units of the codes' deviation.</param>
/// <param name="Correlation">1 minus Pearson's correlation, over the batch's triplets, of the log-ratios of inputs and of codes.</param>
public readonly record struct Losses(
    double Reconstruction,
    double Activity,
    double LogRatio,
    double Temporal,
    double Layout = 0,
    double Correlation = 0
)
{
    /// <summary>The sum that training makes small.</summary>
    public double Total(LossWeights weights) =>
        (weights.Reconstruction * Reconstruction)
        + (weights.Activity * Activity)
        + (weights.LogRatio * LogRatio)
        + (weights.Temporal * Temporal)
        + (weights.Layout * Layout)
        + (weights.Correlation * Correlation);
}

/// <summary>Weights of the terms; a term of weight 0 costs nothing and is reported as 0, except that the activity is always
/// computed.</summary>
public readonly record struct LossWeights(
    float Reconstruction,
    float Activity,
    float LogRatio,
    float Temporal,
    float Layout = 0,
    float Correlation = 0
)
{
    /// <summary>Whether b and c of each triplet take part.</summary>
    public bool NeedsTriplets => NeedsLogRatios || Temporal != 0;

    internal bool NeedsLogRatios => LogRatio != 0 || Correlation != 0;
}
