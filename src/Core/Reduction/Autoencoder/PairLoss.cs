namespace OrleansAtlas.Reduction.Autoencoder;

// Why: docs/decisions/training-numbers.md
/// <summary>Which term, beside reconstruction and activity, shapes the plane.</summary>
public enum PairLoss
{
    /// <summary>Neither.</summary>
    None,

    /// <summary>Ratios of distances in random triplets are kept.</summary>
    LogRatio,

    /// <summary>A frame's code lies between those of the frames before and after it.</summary>
    Temporal,
}
