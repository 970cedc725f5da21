using System.CommandLine;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Charts;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas scatter</c>: every frame as a point.</summary>
internal static class ScatterVerb
{
    private static readonly Option<string> Colour = new("--colour")
    {
        Description = "What the colour tells: film (default), time or trust.",
        DefaultValueFactory = _ => "film",
    };

    private static readonly Option<bool> Compare = new("--compare")
    {
        Description =
            "Instead: codes before the stretch, of each preset, loss and deviation there is a map of, beside the map, with contours.",
    };

    private static readonly Option<bool> Curves = new("--curves") { Description = "Instead: the losses of the training, epoch by epoch." };

    public static Command Create()
    {
        var command = new Command("scatter", "Draw every frame of the map as a point.")
        {
            CommonOptions.Collection,
            CommonOptions.Output,
            Colour,
            Compare,
            Curves,
            CommonOptions.Map,
        };
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Draws the points of a map.</summary>
    public static Task DrawAsync(AtlasMap map, string path, string colour, CancellationToken cancellationToken)
    {
        var options = new ScatterOptions
        {
            Colour = colour switch
            {
                "film" => ScatterColour.Film,
                "time" => ScatterColour.Time,
                "trust" => ScatterColour.Trust,
                _ => throw new UsageException($"--colour '{colour}' is none of film, time and trust."),
            },
            Title = $"{map.Collection.Settings.Name}: every frame as a point",
        };
        var frames = Enumerable.Range(0, map.Count).Select(number => map[number]).ToList();
        var names = Enumerable.Range(0, map.Films.Count).Select(map.NameOf).ToList();
        var image = new Scatter(Pictures.Codec).Draw(frames, names, [.. map.Trust.Select(trust => (double)trust)], options);
        Write(path, image, cancellationToken);
        return Task.CompletedTask;
    }

    private static void Write(string path, RgbImage image, CancellationToken cancellationToken) =>
        Pictures.Codec.Write(path, image, cancellationToken);

    private static async Task DrawComparisonAsync(AtlasMap map, string path, CancellationToken cancellationToken)
    {
        var distributions = await MapDistributions.ReadAsync(map, cancellationToken);
        Write(
            path,
            new DistributionChart(Pictures.Codec).Draw($"{map.Collection.Settings.Name}: before and after the stretch", distributions),
            cancellationToken
        );
    }

    private static async Task DrawCurvesAsync(AtlasMap map, string path, CancellationToken cancellationToken)
    {
        var report =
            await MapDistributions.ReportAsync(map, cancellationToken)
            ?? throw new UsageException(
                $"Map {map.Info.Version} was made without training ({map.Info.Method}); there are no curves of it."
            );
        Write(
            path,
            new TrainingCurves(Pictures.Codec).Draw($"{map.Collection.Settings.Name}: training of model {map.Info.Model}", report),
            cancellationToken
        );
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var path = Pictures.Check(result.GetRequiredValue(CommonOptions.Output));
        var map = await call.OpenMapAsync(result, cancellationToken);
        await (
            (result.GetValue(Compare), result.GetValue(Curves)) switch
            {
                (true, true) => throw new UsageException("--compare and --curves are two pictures; give one of them."),
                (true, _) => DrawComparisonAsync(map, path, cancellationToken),
                (_, true) => DrawCurvesAsync(map, path, cancellationToken),
                _ => DrawAsync(map, path, result.GetValue(Colour)!, cancellationToken),
            }
        );
        call.Answer.Write(
            new
            {
                collection = map.Collection.Settings.Name,
                map = map.Info.Version,
                path,
                frames = map.Count,
                films = map.Films.Count,
            },
            writer => writer.WriteLine($"{path}: {map.Count} frames of {map.Films.Count} films.")
        );
        return ExitCode.Done;
    }
}
