using System.CommandLine;
using OrleansAtlas.Client.Cluster;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Hosting;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Work;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas train</c>: fits a model again and makes a new map version.</summary>
internal static class TrainVerb
{
    private static readonly Option<bool> Anew = new("--anew")
    {
        Description = "Lay frames out afresh. Without it the places of the map that is shown are where the new layout begins.",
    };

    private static readonly Option<string?> Trainer = new("--trainer")
    {
        Description =
            "managed (default), or torch: libtorch, on a GPU where it sees one; where it is not here or does not fit, managed goes on.",
        HelpName = "managed|torch",
    };

    public static Command Create()
    {
        var command = new Command("train", "Fit the model to all frames again; the map it gives is a new version, the old ones stay.")
        {
            CommonOptions.Collection,
        };
        foreach (var flag in TrainFlags.All)
        {
            command.Add(flag);
        }

        command.Add(Anew);
        command.Add(Trainer);
        command.Add(PlaceVerb.Rotate);
        command.Add(PlaceVerb.Stretch);
        command.Add(ClusterOption.Cluster);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var (rotation, stretch) = PlaceVerb.Read(result);
        var call = new Invocation(result);
        TrainRequest Ask(TrainingOptions settings) => new(TrainFlags.Read(result, settings), rotation, stretch, result.GetValue(Anew));
        var trainer = ParseTrainer(result.GetValue(Trainer));
        if (ClusterOption.AddressOf(result) is { } address)
        {
            if (result.GetValue(Trainer) is not null)
            {
                throw new UsageException("--trainer is for this machine; a cluster's silos have it as a setting, Atlas:Trainer.");
            }

            return await ClusterVerbs.TrainAsync(call, address, Ask, cancellationToken);
        }

        var collection = await call.OpenCollectionAsync(true, cancellationToken);
        var request = Ask(collection.Settings.Training);
        await using var atlas = await call.OpenAtlasAsync(collection.Artifacts, cancellationToken, trainer: trainer);
        var map = await ProgressLines.ShowAsync(progress =>
            atlas.Engine.TrainAsync(collection.Settings.Name, request, progress, cancellationToken)
        );
        PlaceVerb.Write(call, collection.Settings.Name, map);
        return ExitCode.Done;
    }

    private static TrainerKind ParseTrainer(string? text) =>
        text switch
        {
            null or "managed" => TrainerKind.Managed,
            "torch" => TrainerKind.Torch,
            _ => throw new UsageException($"--trainer '{text}' is none of managed and torch."),
        };
}
