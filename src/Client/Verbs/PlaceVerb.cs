using System.CommandLine;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Work;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas place</c>: a new map version from the same model.</summary>
internal static class PlaceVerb
{
    public static Option<double> Rotate { get; } =
        new("--rotate") { Description = "Degrees by which the map is turned, clockwise. Default: 0", HelpName = "DEG" };

    public static Option<double> Stretch { get; } =
        new("--stretch")
        {
            Description = "0 leaves crowded and empty places as the model gives them, 1 covers the plane evenly. Default: 0.75",
            HelpName = "0..1",
            DefaultValueFactory = _ => Maps.Stretch.Usual,
        };

    public static Command Create()
    {
        var command = new Command(
            "place",
            "Place all frames that are there with the model of the map that is shown: a new map version without training."
        )
        {
            CommonOptions.Collection,
            Rotate,
            Stretch,
        };
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>The two options, checked.</summary>
    public static (double Rotation, double Stretch) Read(ParseResult result)
    {
        var (rotation, stretch) = (result.GetValue(Rotate), result.GetValue(Stretch));
        if (!double.IsFinite(rotation) || Math.Abs(rotation) > 360)
        {
            throw new UsageException($"--rotate {rotation} is not from -360 to 360 degrees.");
        }

        return stretch is >= 0 and <= 1 ? (rotation, stretch) : throw new UsageException($"--stretch {stretch} is not from 0 to 1.");
    }

    /// <summary>Answers with a map.</summary>
    public static void Write(Invocation call, string collection, MapReceipt map) =>
        call.Answer.Write(
            new { collection, map },
            writer =>
                writer.WriteLine(
                    $"Map {map.Version}: {map.Frames} frames{(map.New ? "" : ", was there before")}, shown from now "
                        + $"on.{(map.Note is null ? "" : " " + map.Note)}"
                )
        );

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var (rotation, stretch) = Read(result);
        var call = new Invocation(result);
        var collection = await call.OpenCollectionAsync(true, cancellationToken);
        await using var atlas = await call.OpenAtlasAsync(collection.Artifacts, cancellationToken);
        var map = await ProgressLines.ShowAsync(progress =>
            atlas.Engine.PlaceAsync(collection.Settings.Name, new PlaceRequest(rotation, stretch), progress, cancellationToken)
        );
        Write(call, collection.Settings.Name, map);
        return ExitCode.Done;
    }
}
