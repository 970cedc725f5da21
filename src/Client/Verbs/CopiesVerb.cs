using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Copies;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas copies</c>: films that show the same, or a part of the same.</summary>
internal static class CopiesVerb
{
    private static readonly Option<double> Least = new("--least")
    {
        Description = "Score that a short common part needs, above 0 and at most 1; from 20 samples on 0.15 less. Default: 0.9",
        HelpName = "SCORE",
        DefaultValueFactory = _ => CopyFinder.UsualLeast,
    };

    public static Command Create()
    {
        var command = new Command(
            "copies",
            "Find the same clip again: under another name, size or codec, mirrored, cropped, with another intro, or as a part of "
                + "another film."
        )
        {
            CommonOptions.Collection,
            Least,
            CommonOptions.Map,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var least = result.GetValue(Least);
        if (least is not (> 0 and <= 1))
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--least {least} is not above 0 and at most 1."));
        }

        var map = await call.OpenMapAsync(result, cancellationToken);
        var library = await ClipLibrary.ReadAsync(map, cancellationToken);
        var copies = await new CopyFinder(library, Pictures.Codec).FindAsync(least, cancellationToken);
        call.Answer.Write(
            new
            {
                collection = map.Collection.Settings.Name,
                map = map.Info.Version,
                copies,
            },
            writer =>
            {
                Answer.Table(
                    writer,
                    ["score", "kind", "film", "from", "film", "from", "length"],
                    copies.Select(copy =>
                        (IReadOnlyList<string>)
                            [
                                copy.Score.ToString("0.000", CultureInfo.InvariantCulture),
                                copy.Kind.ToString().ToLowerInvariant(),
                                copy.A,
                                Pictures.Time(copy.AStart),
                                copy.B,
                                Pictures.Time(copy.BStart),
                                Pictures.Time(copy.Seconds),
                            ]
                    )
                );
                writer.WriteLine($"{copies.Count} {(copies.Count == 1 ? "pair" : "pairs")} of copies among {library.Clips.Count} films.");
            }
        );
        return ExitCode.Done;
    }
}
