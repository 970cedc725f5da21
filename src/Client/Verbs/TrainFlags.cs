using System.CommandLine;
using OrleansAtlas.Reduction.Autoencoder;

namespace OrleansAtlas.Client.Verbs;

/// <summary>Options of <c>atlas train</c> that are fields of <see cref="TrainingOptions"/>; one that is not given leaves the field as it
/// is.</summary>
internal static class TrainFlags
{
    private static readonly Option<string?> Preset = new("--preset")
    {
        Description =
            "best: a wide network that keeps neighbours; article: the article's network and losses. Default: the collection's, best",
        HelpName = "best|article",
    };
    private static readonly Option<string?> Loss = new("--loss")
    {
        Description =
            "Term beside the others: correlation (article's default: the order of distances), log-ratio (as published), temporal or none "
            + "(best's default).",
        HelpName = "correlation|log-ratio|temporal|none",
    };

    private static readonly (Option<double?> Flag, Func<TrainingOptions, double, TrainingOptions> Set)[] Numbers =
    [
        (
            Flag("--std", "Standard deviation the codes should have, such as 0.3 (default) or 0.6."),
            (options, value) => options with { Deviation = (float)value }
        ),
        (
            Flag("--reconstruction-weight", "Weight of the reconstruction."),
            (options, value) => options with { ReconstructionWeight = (float)value }
        ),
        (
            Flag("--activity-weight", "Weight of the codes' mean and deviation."),
            (options, value) => options with { ActivityWeight = (float)value }
        ),
        (Flag("--log-ratio-weight", "Weight of the log-ratio term."), (options, value) => options with { LogRatioWeight = (float)value }),
        (
            Flag("--correlation-weight", "Weight of the correlation of log-ratios."),
            (options, value) => options with { CorrelationWeight = (float)value }
        ),
        (Flag("--temporal-weight", "Weight of the temporal term."), (options, value) => options with { TemporalWeight = (float)value }),
        (
            Flag("--layout-weight", "Weight of the layout of neighbours; 0 for none."),
            (options, value) => options with { LayoutWeight = (float)value }
        ),
        (
            Flag("--perplexity", "About how many neighbours of each frame the layout looks at."),
            (options, value) => options with { Perplexity = (float)value }
        ),
        (
            Flag("--noise", "Deviation of the noise on the encoder's input in training; 0 for none."),
            (options, value) => options with { InputNoise = (float)value }
        ),
        (Flag("--learning-rate", "Adam's step at first."), (options, value) => options with { LearningRate = (float)value }),
    ];

    private static readonly (Option<long?> Flag, Func<TrainingOptions, long, TrainingOptions> Set)[] Counts =
    [
        (Whole("--seed", "Seed of everything random in training. Default: 1"), (options, value) => options with { Seed = value }),
        (Whole("--epochs", "Passes over the training frames."), (options, value) => options with { Epochs = Int(value) }),
        (Whole("--batch", "Frames or triplets a step."), (options, value) => options with { BatchSize = Int(value) }),
        (
            Whole("--layout-steps", "Steps that make the layout of neighbours."),
            (options, value) => options with { LayoutSteps = Int(value) }
        ),
        (
            Whole("--encoder-width", "Width of the encoder's hidden layers; 0 for the article's 50 and 10."),
            (options, value) => options with { EncoderWidth = value == 0 ? null : Int(value) }
        ),
        (
            Whole("--encoder-layers", "How many hidden layers of that width."),
            (options, value) => options with { EncoderLayers = Int(value) }
        ),
        (
            Whole("--neighbours", "Nearest training frames that vote where a frame is placed; 0 leaves it to the network alone."),
            (options, value) => options with { Neighbours = Int(value) }
        ),
        (Whole("--frames", "Most frames to train on, spread evenly."), (options, value) => options with { MostFrames = Int(value) }),
        (Whole("--components", "Most components PCA keeps."), (options, value) => options with { Components = Int(value) }),
    ];

    public static IEnumerable<Option> All =>
        [Preset, Loss, .. Numbers.Select(number => number.Flag), .. Counts.Select(count => count.Flag)];

    /// <summary>Those that say how a new collection's first map is trained.</summary>
    public static IEnumerable<Option> OfFirst => [Preset, Loss, Numbers[0].Flag, Counts[0].Flag];

    /// <summary>What a call asks for a new collection; null where it says nothing of it.</summary>
    public static TrainingOptions? ReadFirst(ParseResult result) =>
        OfFirst.Any(flag => result.GetResult(flag) is { Implicit: false }) ? Read(result, new TrainingOptions()) : null;

    /// <summary>The options a call asks for.</summary>
    /// <exception cref="UsageException">Something is wrong; everything is named.</exception>
    public static TrainingOptions Read(ParseResult result, TrainingOptions settings)
    {
        var options = result.GetValue(Preset) is { } preset ? Known(preset) : settings;
        options = result.GetValue(Loss) is { } loss ? options with { Loss = ParseLoss(loss) } : options;
        options = Numbers.Aggregate(options, (so, number) => result.GetValue(number.Flag) is { } value ? number.Set(so, value) : so);
        options = Counts.Aggregate(options, (so, count) => result.GetValue(count.Flag) is { } value ? count.Set(so, value) : so);
        return options.Validate() is { Count: > 0 } errors ? throw new UsageException(string.Join(" ", errors)) : options;
    }

    private static TrainingOptions Known(string preset) =>
        preset is TrainingOptions.Best or TrainingOptions.Article
            ? TrainingOptions.Of(preset)
            : throw new UsageException($"--preset '{preset}' is none of {TrainingOptions.Best} and {TrainingOptions.Article}.");

    private static PairLoss ParseLoss(string text) =>
        PairLosses.Of(text) ?? throw new UsageException($"--loss '{text}' is none of {string.Join(", ", PairLosses.Names)}.");

    private static Option<double?> Flag(string name, string description) => new(name) { Description = description, HelpName = "X" };

    private static Option<long?> Whole(string name, string description) => new(name) { Description = description, HelpName = "N" };

    // What is too large for any of them stays too large, and is refused with the others.
    private static int Int(long value) => (int)Math.Clamp(value, int.MinValue, int.MaxValue);
}
