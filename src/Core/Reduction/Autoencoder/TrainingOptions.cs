using System.Text.Json.Serialization;

namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>How an autoencoder is trained; as it is made, by the preset <see cref="Best"/>.</summary>
public sealed partial record TrainingOptions
{
    /// <summary>The recipe that measures best: a layout that keeps neighbours, a wide encoder that learns it, and places agreed by the
    /// nearest training frames.</summary>
    public const string Best = "best";

    /// <summary>The article's network and losses.</summary>
    public const string Article = "article";

    /// <summary>Fewest passes where <see cref="Epochs"/> are not given.</summary>
    public const int FewestEpochs = 100;

    /// <summary>Name of the recipe that the other numbers started from.</summary>
    public string Preset { get; init; } = Best;

    /// <summary>The same seed gives the same bytes.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Standard deviation the codes should have, above 0 and below 1; the article's are 0.3 and 0.6.</summary>
    public float Deviation { get; init; } = 0.3f;

    /// <summary>The third term.</summary>
    public PairLoss Loss { get; init; } = PairLoss.None;

    /// <summary>Weight of the reconstruction, above 0.</summary>
    public float ReconstructionWeight { get; init; } = 1;

    /// <summary>Weight of the activity regulariser, 0 or more; a layout of neighbours already has the deviation.</summary>
    public float ActivityWeight { get; init; }

    /// <summary>Weight of the log-ratio term, 0 or more; a large one trades neighbours for distances.</summary>
    public float LogRatioWeight { get; init; } = 0.01f;

    /// <summary>Weight of the correlation of log-ratios, 0 or more; a larger one trades neighbours for the order of distances.</summary>
    public float CorrelationWeight { get; init; } = 0.05f;

    /// <summary>Weight of the temporal term, 0 or more.</summary>
    public float TemporalWeight { get; init; } = 1;

    /// <summary>Weight of the layout of neighbours that the codes should take, 0 for none or more.</summary>
    public float LayoutWeight { get; init; } = 1000;

    /// <summary>About how many neighbours of each frame the layout looks at, 2 to 100.</summary>
    public float Perplexity { get; init; } = 15;

    /// <summary>Steps of gradient descent that make the layout, 10 to 10,000.</summary>
    public int LayoutSteps { get; init; } = 750;

    /// <summary>Width of the encoder's hidden layers, 2 to 4096; null for the article's 50 and 10 with ELU and normalisation.</summary>
    public int? EncoderWidth { get; init; } = 256;

    /// <summary>How many hidden layers of that width, 1 to 8.</summary>
    public int EncoderLayers { get; init; } = 2;

    /// <summary>Deviation of the noise on the encoder's input in training, 0 for none, at most 5; reduced vectors have a mean variance of
    /// 1.</summary>
    public float InputNoise { get; init; } = 0.5f;

    /// <summary>Nearest training frames that vote where a frame is placed, at most 100; 0 leaves it to the network alone.</summary>
    public int Neighbours { get; init; } = 10;

    /// <summary>Passes over all frames; null for as many as make <see cref="AutomaticSteps"/> steps, at least
    /// <see cref="FewestEpochs"/>.</summary>
    public int? Epochs { get; init; }

    /// <summary>Steps where <see cref="Epochs"/> are not given, 1 or more.</summary>
    public int AutomaticSteps { get; init; } = 2000;

    /// <summary>Triplets a step, 8 to 65,536; fewer where there are not eight times as many frames.</summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>Adam's step at first; it falls to zero along half a cosine. Above 0, at most 1.</summary>
    public float LearningRate { get; init; } = 2e-3f;

    /// <summary>Most frames trained on, 50 to 131,072: an evenly spread share of them where there are more.</summary>
    public int MostFrames { get; init; } = 1 << 14;

    /// <summary>Most components PCA keeps, 1 or more; null for the collection's.</summary>
    public int? Components { get; init; }

    /// <summary>The options of a preset.</summary>
    /// <exception cref="ArgumentException">No such preset.</exception>
    public static TrainingOptions Of(string preset) =>
        preset switch
        {
            Best => new TrainingOptions(),
            Article => new TrainingOptions
            {
                Preset = Article,
                Loss = PairLoss.Correlation,
                ActivityWeight = 3,
                LayoutWeight = 0,
                EncoderWidth = null,
                InputNoise = 0,
                Neighbours = 0,
                AutomaticSteps = 12_000,
                LearningRate = 1e-2f,
                MostFrames = 1 << 17,
            },
            _ => throw new ArgumentException($"The preset is '{preset}'; allowed are '{Best}' and '{Article}'.", nameof(preset)),
        };

    /// <summary>Steps in one pass over this many frames: small collections get smaller batches, eight of them, of 32 frames at
    /// least.</summary>
    public int BatchesFor(int frames)
    {
        var size = Math.Clamp(frames / 8, Math.Min(32, BatchSize), BatchSize);
        return (frames + size - 1) / size;
    }

    /// <summary>Passes over this many frames.</summary>
    public int EpochsFor(int frames) => Epochs ?? Math.Max(FewestEpochs, (AutomaticSteps + BatchesFor(frames) - 1) / BatchesFor(frames));

    /// <summary>What shapes the plane, in words: the layout of neighbours, the third term, or neither.</summary>
    [JsonIgnore]
    public string LossName =>
        string.Join(
            " and ",
            ((string[])[LayoutWeight > 0 ? "layout" : "", Loss == PairLoss.None ? "" : PairLosses.NameOf(Loss)])
                .Where(name => name.Length > 0)
                .DefaultIfEmpty(PairLosses.NameOf(PairLoss.None))
        );

    internal LossWeights Weights =>
        new(
            ReconstructionWeight,
            ActivityWeight,
            Loss == PairLoss.LogRatio ? LogRatioWeight : 0,
            Loss == PairLoss.Temporal ? TemporalWeight : 0,
            LayoutWeight,
            Loss == PairLoss.Correlation ? CorrelationWeight : 0
        );
}
