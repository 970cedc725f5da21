using Microsoft.Extensions.Logging;
using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Torch;

namespace OrleansAtlas.Hosting;

/// <summary>The trainer of a process: the one that is chosen, found when first needed; where it is not here, the managed one, which is
/// said.</summary>
internal sealed partial class ChosenTrainer(TrainerKind kind, ILoggerFactory logs) : IAutoencoderTrainer
{
    private readonly Lazy<IAutoencoderTrainer> _trainer = new(() => Open(kind, logs.CreateLogger<ChosenTrainer>()));

    public string Name => _trainer.Value.Name;

    public IMatrixProduct? Product => _trainer.Value.Product;

    public TrainedModel Train(
        TrainingSet set,
        TrainingOptions options,
        Action<EpochReport>? onEpoch,
        CancellationToken cancellationToken
    ) => _trainer.Value.Train(set, options, onEpoch, cancellationToken);

    private static IAutoencoderTrainer Open(TrainerKind kind, ILogger log)
    {
        switch (kind == TrainerKind.Torch ? LibTorch.Find() : null)
        {
            case LibTorchLookup.Found found:
                LogTorch(log, found.Folder, found.Device);
                return new TorchTrainer(found);
            case LibTorchLookup.Missing missing:
                LogMissing(log, missing.Reason);
                return new AutoencoderTrainer();
            default:
                return new AutoencoderTrainer();
        }
    }

    [LoggerMessage(LogLevel.Information, "Models are fitted by libtorch in {Folder}, on {Device}.")]
    private static partial void LogTorch(ILogger log, string folder, string device);

    [LoggerMessage(LogLevel.Warning, "{Reason} The managed trainer goes on.")]
    private static partial void LogMissing(ILogger log, string reason);
}
