using OrleansAtlas.Maps;
using OrleansAtlas.Reduction.Autoencoder;

namespace OrleansAtlas.Client.Output;

/// <summary>The network that gives a map its codes. Parameters are all its numbers, running statistics among them.</summary>
internal sealed record NetworkStatus(
    string Preset,
    string Loss,
    float Deviation,
    IReadOnlyList<int> Encoder,
    int EncoderParameters,
    IReadOnlyList<int> Decoder,
    int DecoderParameters,
    string Trainer
)
{
    /// <summary>What trained a model; null where nothing did.</summary>
    public static string? TrainerOf(ModelInfo? model) =>
        model is { Method: ModelInfo.Trained } ? model.Trainer ?? AutoencoderTrainer.Managed : null;

    /// <summary>Null where nothing was trained.</summary>
    public static NetworkStatus? From(ModelInfo? model)
    {
        if (model is not { Method: ModelInfo.Trained, Options: var options })
        {
            return null;
        }

        var shape = new NetworkShape(model.Components, options.EncoderWidth, options.EncoderLayers);
        return new NetworkStatus(
            options.Preset,
            options.LossName,
            options.Deviation,
            shape.Encoder,
            shape.EncoderParameters,
            shape.Decoder,
            shape.DecoderParameters,
            TrainerOf(model)!
        );
    }
}
