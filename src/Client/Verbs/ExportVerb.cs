using System.CommandLine;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas export</c>: the map's numbers for other programs.</summary>
internal static class ExportVerb
{
    private static readonly Option<string> Format = new("--format")
    {
        Description = "csv, jsonl (a file) or npy (a folder with arrays and frames.jsonl).",
        HelpName = "FORMAT",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command(
            "export",
            "Write every frame of a map with its film, time, position and trust; npy adds descriptors and reduced vectors."
        )
        {
            CommonOptions.Collection,
            Format,
            CommonOptions.Output,
            CommonOptions.Map,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var (format, output) = (result.GetRequiredValue(Format), result.GetRequiredValue(CommonOptions.Output));
        if (format is not ("csv" or "jsonl" or "npy"))
        {
            throw new UsageException($"--format '{format}' is none of csv, jsonl and npy.");
        }

        var map = await call.OpenMapAsync(result, cancellationToken);
        var files = await MapExport.WriteAsync(map, format, output, cancellationToken);
        call.Answer.Write(
            new
            {
                collection = map.Collection.Settings.Name,
                map = map.Info.Version,
                frames = map.Count,
                files,
            },
            writer => writer.WriteLine($"{map.Count} frames of map {map.Info.Version} in {string.Join(", ", files)}")
        );
        return ExitCode.Done;
    }
}
