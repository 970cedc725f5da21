namespace OrleansAtlas.Reduction.Autoencoder;

// Why: docs/decisions/training-numbers.md
/// <summary>Which term, beside reconstruction and activity, shapes the plane.</summary>
public enum PairLoss
{
    /// <summary>Neither.</summary>
    None,

    /// <summary>The published form: log-ratios of distances in random triplets are the same in the plane.</summary>
    LogRatio,

    /// <summary>A frame's code lies between those of the frames before and after it.</summary>
    Temporal,

    /// <summary>Log-ratios of distances in random triplets have the same order in the plane, at whatever spread.</summary>
    Correlation,
}
