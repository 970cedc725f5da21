using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>Fits autoencoders to reduced vectors: one of Core's seams, behind which the work may be done by another library or
/// device.</summary>
public interface IAutoencoderTrainer
{
    /// <summary>Which trainer it is: a part of the version of what it fits, since others give other last digits.</summary>
    string Name { get; }

    /// <summary>Products for finding the basis of PCA where this trainer's device is faster at them; null for the usual ones.</summary>
    IMatrixProduct? Product => null;

    /// <summary>Trains; a long computation on the calling thread.</summary>
    /// <param name="set">What is learnt.</param>
    /// <param name="options">Must be valid.</param>
    /// <param name="onEpoch">Told after every epoch.</param>
    /// <param name="cancellationToken">Looked at before every batch.</param>
    /// <exception cref="ArgumentException">Options that are not valid (all errors), or vectors that do not fit the frames.</exception>
    TrainedModel Train(TrainingSet set, TrainingOptions options, Action<EpochReport>? onEpoch, CancellationToken cancellationToken);
}

/// <summary>Frames that an autoencoder is fitted to.</summary>
/// <param name="Rows">Reduced vectors <c>[n, k]</c>, films one after the other, frames in order.</param>
/// <param name="FilmOf">For each frame the number of its film: consecutive frames share it.</param>
/// <param name="Old">Places <c>[n, 2]</c> on the map before, which a layout of neighbours stays near; empty where there is none.</param>
public sealed record TrainingSet(float[] Rows, int[] FilmOf, float[] Old)
{
    /// <summary>Frames without places on a map before.</summary>
    public TrainingSet(float[] rows, int[] filmOf)
        : this(rows, filmOf, []) { }
}
