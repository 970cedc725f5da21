namespace OrleansAtlas.Reduction;

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

/// <summary>How an autoencoder is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>The article's network and losses.</summary>
    public const string Article = "article";

    /// <summary>Name of the recipe.</summary>
    public string Preset { get; init; } = Article;

    /// <summary>The same seed gives the same bytes.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Standard deviation the codes should have, above 0 and below 1; the article's are 0.3 and 0.6.</summary>
    public float Deviation { get; init; } = 0.3f;

    /// <summary>The third term.</summary>
    public PairLoss Loss { get; init; } = PairLoss.LogRatio;

    /// <summary>Weight of the reconstruction, above 0.</summary>
    public float ReconstructionWeight { get; init; } = 1;

    /// <summary>Weight of the activity regulariser, 0 or more.</summary>
    public float ActivityWeight { get; init; } = 1;

    /// <summary>Weight of the log-ratio term, 0 or more; a large one trades neighbours for distances.</summary>
    public float LogRatioWeight { get; init; } = 0.01f;

    /// <summary>Weight of the temporal term, 0 or more.</summary>
    public float TemporalWeight { get; init; } = 1;

    /// <summary>Passes over all frames; null for as many as make <see cref="AutomaticSteps"/> steps, at least 100.</summary>
    public int? Epochs { get; init; }

    /// <summary>Triplets a step, 8 to 65,536; fewer where there are not eight times as many frames.</summary>
    public int BatchSize { get; init; } = 1024;

    /// <summary>Adam's step at first; it falls to zero along half a cosine. Above 0, at most 1.</summary>
    public float LearningRate { get; init; } = 3e-3f;

    /// <summary>Steps where <see cref="Epochs"/> are not given.</summary>
    public const int AutomaticSteps = 3000;

    /// <summary>Everything that is wrong, each in a sentence; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        void Check(bool good, string name, object? value, string allowed)
        {
            if (!good)
            {
                errors.Add(FormattableString.Invariant($"{name} is {value}; allowed is {allowed}."));
            }
        }

        Check(Preset == Article, "The preset", $"'{Preset}'", $"'{Article}'");
        Check(Deviation is > 0 and < 1, "The codes' deviation", Deviation, "a number above 0 and below 1, such as 0.3 or 0.6");
        Check(Enum.IsDefined(Loss), "The loss", Loss, "none, log-ratio or temporal");
        Check(float.IsFinite(ReconstructionWeight) && ReconstructionWeight > 0, "The reconstruction's weight", ReconstructionWeight, "a number above 0");
        Check(float.IsFinite(ActivityWeight) && ActivityWeight >= 0, "The activity's weight", ActivityWeight, "a number of 0 or more");
        Check(float.IsFinite(LogRatioWeight) && LogRatioWeight >= 0, "The log-ratio's weight", LogRatioWeight, "a number of 0 or more");
        Check(float.IsFinite(TemporalWeight) && TemporalWeight >= 0, "The temporal weight", TemporalWeight, "a number of 0 or more");
        Check(Epochs is null or (>= 1 and <= 100_000), "The number of epochs", Epochs, "1 to 100000, or nothing to have it chosen");
        Check(BatchSize is >= 8 and <= 65_536, "The batch size", BatchSize, "8 to 65536");
        Check(LearningRate is > 0 and <= 1, "The learning rate", LearningRate, "a number above 0, at most 1");
        return errors;
    }

    internal LossWeights Weights => new(
        ReconstructionWeight, ActivityWeight,
        Loss == PairLoss.LogRatio ? LogRatioWeight : 0,
        Loss == PairLoss.Temporal ? TemporalWeight : 0);
}
