using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas gc</c>: deletes what nothing uses.</summary>
internal static class GcVerb
{
    private static readonly Option<int> KeepMaps = new("--keep-maps")
    {
        Description = "Newest map versions to keep. Default: 1",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public static Command Create()
    {
        var command = new Command("gc", "Delete old map versions, the models and statistics no map uses, and what broken-off writes left.")
        {
            CommonOptions.Collection,
            KeepMaps,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var keep = result.GetValue(KeepMaps);
        if (keep < 1)
        {
            throw new UsageException($"--keep-maps {keep} would leave no map; give 1 or more.");
        }

        var collection = await call.OpenCollectionAsync(true, cancellationToken);
        var swept = await collection.SweepAsync(keep, cancellationToken);
        call.Answer.Write(
            new
            {
                collection = collection.Settings.Name,
                deleted = swept.Artifacts,
                bytes = swept.Bytes,
            },
            writer =>
                writer.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"{swept.Artifacts} artifacts deleted, {swept.Bytes / 1e6:0.0} MB.")
                )
        );
        return ExitCode.Done;
    }
}
