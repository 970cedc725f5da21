using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Rendering.Mosaics;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas demo</c>: all of it on real clips.</summary>
internal static class DemoVerb
{
    private const string Collection = "demo";

    // Dense enough for more than 800 frames of the 280 seconds that are always there.
    private const double FramesPerSecond = 3.5;

    private static readonly Option<string> Folder = new("--output", "-o")
    {
        Description = "Folder for the pictures and the store. Default: atlas-demo",
        HelpName = "DIR",
        DefaultValueFactory = _ => "atlas-demo",
    };

    public static Command Create()
    {
        var command = new Command("demo", "Make a map of real clips, draw it, and say what to try next.") { Folder };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var call = new Invocation(result);
        var footage = Environment.GetEnvironmentVariable("ATLAS_DEMO_FOOTAGE")?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (footage.Length == 0 || !footage.All(Directory.Exists))
        {
            throw new UsageException(
                "The demo's clips are not here; ./atlas demo in the repository fetches them, and your own films work without: "
                    + "atlas index FOLDER -c NAME"
            );
        }

        var folder = result.GetRequiredValue(Folder);
        var storeFolder = Path.Combine(folder, "store");
        var store = LocalStore.Open(storeFolder, write: true);
        await using var atlas = await call.OpenAtlasAsync(store, cancellationToken);
        var request = new CollectionRequest(new Sampling { FramesPerSecond = FramesPerSecond });
        var collection = await atlas.GetOrCreateAsync(Collection, request, cancellationToken);
        var report = await ProgressLines.ShowAsync(progress => collection.IndexAsync(footage, progress, cancellationToken));
        var map = await collection.OpenMapAsync(null, cancellationToken);
        string[] pictures = [Path.Combine(folder, "mosaic.png"), Path.Combine(folder, "scatter.png")];
        await collection.DrawMosaicAsync(pictures[0], new MosaicRequest { TileWidth = 178, TileHeight = 100 }, cancellationToken);
        await ScatterVerb.DrawAsync(map, pictures[1], "film", cancellationToken);

        var seconds = Math.Round(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 1);
        var document = new
        {
            pictures,
            films = report.Done.Count,
            failed = report.Failed.Count,
            frames = map.Count,
            seconds,
            model = collection.Store.Settings.Model.Name,
            quality = map.Info.Quality,
            store = storeFolder,
        };
        call.Answer.Write(
            document,
            writer =>
            {
                foreach (var failed in report.Failed)
                {
                    Console.Error.WriteLine($"failed: {failed.Sentence}");
                }

                writer.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{report.Done.Count} films, {map.Count} frames, described by {collection.Store.Settings.Model.Name}, in "
                            + $"{seconds} s."
                    )
                );
                writer.WriteLine("Open:");
                foreach (var picture in pictures)
                {
                    writer.WriteLine($"  {Path.GetFullPath(picture)}");
                }

                writer.WriteLine("Try next:");
                writer.WriteLine(
                    $"  ./atlas mosaic -c {Collection} --store {storeFolder} --at 0.5,0.5 --width 0.3 -o part.png    a part of the "
                        + "map, larger"
                );
                writer.WriteLine(
                    $"  ./atlas status -c {Collection} --store {storeFolder}                                       what took the "
                        + "time, how true the map is"
                );
                writer.WriteLine(
                    "  ./atlas index YOUR-FOLDER -c films                                             the same for your own films"
                );
            }
        );
        return report.Failed.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }
}
