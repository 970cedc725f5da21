using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Media;
using OrleansAtlas.Search.Copies;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas copies</c>: films that show the same, or a part of the same.</summary>
internal static class CopiesVerb
{
    private static readonly Option<double> Least = new("--least")
    {
        Description = "Score that photos and a short common part need, above 0 and at most 1; from 6 s on 0.11 less. Default: 0.91",
        HelpName = "SCORE",
        DefaultValueFactory = _ => CopyFinder.UsualLeast,
    };

    private const int NamesShown = 10;

    public static Command Create()
    {
        var command = new Command(
            "copies",
            "Find the same film or photo again: under another name, size or codec, mirrored, turned, cropped, with bars, as a negative, "
                + "faster or slower, with another intro, or as a part of another film."
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
        await using var atlas = await call.OpenAtlasAsync(map.Collection.Artifacts, cancellationToken);
        var sources = new CopySources(atlas.WorkOrNull?.Films ?? new FilmOpener(), atlas.WorkOrNull?.Decoder);
        var report = await new CopyFinder(map, Pictures.Codec, sources).FindAsync(least, cancellationToken);
        call.Answer.Write(
            new
            {
                collection = map.Collection.Settings.Name,
                map = map.Info.Version,
                copies = report.Copies,
                compared = new
                {
                    report.Films,
                    report.Photos,
                    report.Still,
                    report.Coarse,
                },
            },
            writer => Write(writer, report)
        );
        return ExitCode.Done;
    }

    private static void Write(TextWriter writer, CopyReport report)
    {
        Answer.Table(
            writer,
            ["score", "kind", "film", "from", "film", "from", "length", "how"],
            report.Copies.Select(copy =>
                (IReadOnlyList<string>)
                    [
                        copy.Score.ToString("0.000", CultureInfo.InvariantCulture),
                        copy.Kind.ToString().ToLowerInvariant(),
                        copy.A,
                        Pictures.Time(copy.AStart),
                        copy.B,
                        Pictures.Time(copy.BStart),
                        Pictures.Time(copy.Seconds),
                        copy.How,
                    ]
            )
        );
        writer.WriteLine(
            $"{Count(report.Copies.Count, "pair")} of copies. Compared: {Count(report.Films, "film")} with one another by what moves, "
                + $"{Count(report.Photos, "photo")} with one another by their details."
        );
        if (report.Still.Count > 0)
        {
            writer.WriteLine($"Nothing to compare, for nothing moves or is seen in them: {Some(report.Still)}.");
        }

        foreach (var reason in report.Coarse.GroupBy(film => film.Reason, film => film.Name))
        {
            writer.WriteLine($"Compared by their stored frames only, which finds less ({reason.Key}): {Some([.. reason])}.");
        }

        if (report.NotKept is { } message)
        {
            writer.WriteLine($"The small pictures that were compared are not kept and will be made again next time: {message}");
        }
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string Some(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(NamesShown))
        + (names.Count > NamesShown ? $" and {names.Count - NamesShown} more (--json names all)" : "");
}
