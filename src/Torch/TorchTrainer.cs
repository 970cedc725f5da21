using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Autoencoder;
using TorchSharp;

namespace OrleansAtlas.Torch;

/// <summary>Fits autoencoders with libtorch, on a GPU where it sees one. From the same vectors, options and seed it takes the same first
/// numbers, batches and noise as <see cref="AutoencoderTrainer"/>; sums are made in another order, so the last digits differ.</summary>
/// <param name="found">The library.</param>
public sealed class TorchTrainer(LibTorchLookup.Found found) : IAutoencoderTrainer
{
    /// <summary>The name of this trainer.</summary>
    public const string Torch = "torch";

    private readonly AutoencoderTrainer _trainer = new(start => Steps(start, found));

    /// <inheritdoc/>
    public string Name => Torch;

    /// <inheritdoc/>
    public IMatrixProduct? Product { get; } = found.Cuda ? new TorchMatrixProduct(found) : null;

    /// <inheritdoc/>
    public TrainedModel Train(
        TrainingSet set,
        TrainingOptions options,
        Action<EpochReport>? onEpoch,
        CancellationToken cancellationToken
    ) => _trainer.Train(set, options, onEpoch, cancellationToken);

    internal static ITrainingSteps Steps(TrainingStart start, LibTorchLookup.Found found) =>
        new TorchSteps(start, found.Cuda ? torch.CUDA : torch.CPU);
}
