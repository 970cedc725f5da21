using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas maps</c>: lists map versions, chooses one.</summary>
internal static class MapsVerb
{
    private static readonly Option<string?> Use = new("--use") { Description = "Show this version from now on.", HelpName = "V" };

    public static Command Create()
    {
        var command = new Command("maps", "List a collection's map versions, or choose the one that is shown.")
        {
            CommonOptions.Collection,
            Use,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var wanted = result.GetValue(Use);
        var collection = await call.OpenCollectionAsync(wanted is not null, cancellationToken);
        if (wanted is not null)
        {
            await collection.PublishMapAsync((await collection.OpenMapAsync(wanted, cancellationToken)).Version, cancellationToken);
        }

        var list = await collection.MapsAsync(cancellationToken);
        var maps = new List<MapInfo>();
        var trainers = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var version in list.Versions)
        {
            var map = await collection.OpenMapAsync(version, cancellationToken);
            var name = collection.Names.Model(map.Model, "model.json");
            maps.Add(map);
            trainers[map.Model] = NetworkStatus.TrainerOf(await collection.ReadAsync<ModelInfo>(name, cancellationToken));
        }

        call.Answer.Write(
            new
            {
                collection = collection.Settings.Name,
                current = list.Current,
                maps,
                trainers,
            },
            writer =>
                Answer.Table(
                    writer,
                    ["map", "model", "trainer", "frames", "trustworthiness", "neighbours kept", ""],
                    maps.Select(map =>
                        (IReadOnlyList<string>)
                            [
                                map.Version,
                                map.Model,
                                trainers[map.Model] ?? "-",
                                map.Frames.ToString(CultureInfo.InvariantCulture),
                                Number(map.Quality?.Trustworthiness),
                                Number(map.Quality?.NeighboursKept),
                                map.Version == list.Current ? "shown" : "",
                            ]
                    )
                )
        );
        return ExitCode.Done;
    }

    private static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
