namespace OrleansAtlas.Reduction.Autoencoder;

public sealed partial record TrainingOptions
{
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

        void Weight(float value, string name) => Check(float.IsFinite(value) && value >= 0, name, value, "a number of 0 or more");

        Check(Preset is Best or Article, "The preset", $"'{Preset}'", $"'{Best}' or '{Article}'");
        Check(Deviation is > 0 and < 1, "The codes' deviation", Deviation, "a number above 0 and below 1, such as 0.3 or 0.6");
        Check(Enum.IsDefined(Loss), "The loss", Loss, "none, log-ratio, correlation or temporal");
        Check(
            float.IsFinite(ReconstructionWeight) && ReconstructionWeight > 0,
            "The reconstruction's weight",
            ReconstructionWeight,
            "a number above 0"
        );
        Weight(ActivityWeight, "The activity's weight");
        Weight(LogRatioWeight, "The log-ratio's weight");
        Weight(CorrelationWeight, "The correlation's weight");
        Weight(TemporalWeight, "The temporal weight");
        Weight(LayoutWeight, "The layout's weight");
        Check(Perplexity is >= 2 and <= 100, "The perplexity", Perplexity, "2 to 100");
        Check(LayoutSteps is >= 10 and <= 10_000, "The number of layout steps", LayoutSteps, "10 to 10000");
        Check(EncoderWidth is null or (>= 2 and <= 4096), "The encoder's width", EncoderWidth, "2 to 4096, or nothing for the article's");
        Check(EncoderLayers is >= 1 and <= 8, "The number of the encoder's layers", EncoderLayers, "1 to 8");
        Check(InputNoise is >= 0 and <= 5, "The noise on inputs", InputNoise, "0 to 5");
        Check(Neighbours is >= 0 and <= 100, "The number of neighbours that vote", Neighbours, "0 to 100");
        Check(Epochs is null or (>= 1 and <= 100_000), "The number of epochs", Epochs, "1 to 100000, or nothing to have it chosen");
        Check(AutomaticSteps >= 1, "The number of steps", AutomaticSteps, "1 or more");
        Check(BatchSize is >= 8 and <= 65_536, "The batch size", BatchSize, "8 to 65536");
        Check(LearningRate is > 0 and <= 1, "The learning rate", LearningRate, "a number above 0, at most 1");
        Check(Components is null or >= 1, "The number of components", Components, "1 or more, or nothing for the collection's");
        Check(
            MostFrames is >= Embedder.FewestFrames and <= 1 << 17,
            "The most frames",
            MostFrames,
            $"{Embedder.FewestFrames} to {1 << 17}"
        );
        return errors;
    }
}
