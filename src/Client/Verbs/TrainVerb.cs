using System.CommandLine;
using OrleansAtlas.Actors;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Reduction;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas train</c>: fits a model again and makes a new map version.</summary>
internal static class TrainVerb
{
    private static readonly Option<long> Seed = new("--seed") { Description = "Seed of everything random in training. Default: 1", DefaultValueFactory = _ => 1 };
    private static readonly Option<double> Deviation = new("--std") { Description = "Standard deviation the codes are drawn to: 0.3 or 0.6. Default: 0.3", DefaultValueFactory = _ => 0.3 };
    private static readonly Option<string> Loss = new("--loss") { Description = "log-ratio (default), temporal or none, beside reconstruction.", DefaultValueFactory = _ => "log-ratio" };
    private static readonly Option<int?> Epochs = new("--epochs") { Description = "Passes over the training frames.", HelpName = "N" };

    public static Command Create()
    {
        var command = new Command("train", "Fit the model to all frames again; the map it gives is a new version, the old ones stay.")
        {
            CommonOptions.Collection, Seed, Deviation, Loss, Epochs, PlaceVerb.Rotate, PlaceVerb.Stretch, ClusterOption.Cluster,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var options = new TrainingOptions { Seed = result.GetValue(Seed), Deviation = (float)result.GetValue(Deviation), Loss = ParseLoss(result.GetValue(Loss)!) };
        options = result.GetValue(Epochs) is { } epochs ? options with { Epochs = epochs } : options;
        if (options.Validate() is { Count: > 0 } errors)
        {
            throw new UsageException(string.Join(" ", errors));
        }

        var (rotation, stretch) = PlaceVerb.Read(result);
        var call = new Invocation(result);
        if (ClusterOption.AddressOf(result) is { } address)
        {
            return await ClusterVerbs.TrainAsync(call, address, new TrainRequest(options, rotation, stretch), cancellationToken);
        }

        var collection = await call.OpenCollectionAsync(true, cancellationToken);
        using var workbench = await Workbench.OpenAsync(collection.Artifacts, () => throw new UsageException("Training describes nothing."), cancellationToken);
        var map = await ProgressLines.ShowAsync(progress => workbench.Engine.TrainAsync(collection.Settings.Name, new TrainRequest(options, rotation, stretch), progress, cancellationToken));
        PlaceVerb.Write(call, collection.Settings.Name, map);
        return ExitCode.Done;
    }

    private static PairLoss ParseLoss(string text) => text switch
    {
        "log-ratio" => PairLoss.LogRatio,
        "temporal" => PairLoss.Temporal,
        "none" => PairLoss.None,
        _ => throw new UsageException($"--loss '{text}' is none of log-ratio, temporal and none."),
    };
}
