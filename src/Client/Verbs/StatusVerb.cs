using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Client.Cluster;
using OrleansAtlas.Client.Output;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas status</c>: what a collection holds, what failed, what took the time, how true its map is.</summary>
internal static class StatusVerb
{
    public static Command Create()
    {
        var command = new Command("status", "Films, frames, failures with reasons, stage times, model and map quality.")
        {
            CommonOptions.Collection,
            ClusterOption.Cluster,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        if (ClusterOption.AddressOf(result) is { } address)
        {
            return await ClusterVerbs.StatusAsync(call, address, cancellationToken);
        }

        var collection = await call.OpenCollectionAsync(false, cancellationToken);
        var status = await StatusDocument.ReadAsync(collection, cancellationToken);
        call.Answer.Write(status, writer => Lines(writer, status, call.Verbose));
        return ExitCode.Done;
    }

    private static void Lines(TextWriter writer, StatusDocument status, bool verbose)
    {
        var done = status.Videos.Count(video => video.State == "done");
        writer.WriteLine(
            $"{status.Collection}: {done} of {status.Videos.Count} films and photos done, {status.Frames} frames, described by "
                + $"{status.Model.Name} ({status.Model.Dimensions} numbers)."
        );
        foreach (var video in status.Videos.Where(video => video.State != "done"))
        {
            writer.WriteLine($"  {video.State}: {video.Name}{(video.Reason is null ? "" : $": {video.Reason}")}");
        }

        if (verbose)
        {
            Answer.Table(
                writer,
                ["film", "frames", "seconds", "decoding"],
                status.Videos.Select(video =>
                    (IReadOnlyList<string>)
                        [
                            video.Name,
                            $"{video.Frames}",
                            video.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
                            video.Plan is { } plan ? $"{plan.Strategy}, {plan.Segments} segments: {plan.Reason}" : "-",
                        ]
                )
            );
        }

        if (status.Map is { } map)
        {
            writer.WriteLine(
                $"Map {map.Version} ({map.Method}, {map.Frames} frames): trustworthiness {Number(map.Trustworthiness)}, continuity "
                    + $"{Number(map.Continuity)}, neighbours kept {Number(map.NeighboursKept)}, rank correlation "
                    + $"{Number(map.RankCorrelation)}, coverage {Number(map.Coverage)}, drift {Number(map.Drift)}."
            );
            writer.WriteLine($"PCA keeps {Number(status.Pca?.VarianceKept)} of the variance in {status.Pca?.Components} components.");
            if (map.Note is { } note)
            {
                writer.WriteLine(note);
            }
        }

        if (status.Ledger.Count > 0)
        {
            Answer.Table(
                writer,
                ["stage", "items", "MB", "busy s", "waiting s", "workers"],
                status.Ledger.Select(line =>
                    (IReadOnlyList<string>)
                        [
                            line.Stage.ToString().ToLowerInvariant() + (line.Stage == status.LimitingStage ? " *" : ""),
                            line.Items.ToString(CultureInfo.InvariantCulture),
                            (line.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture),
                            line.BusySeconds.ToString("0.00", CultureInfo.InvariantCulture),
                            line.WaitingSeconds.ToString("0.00", CultureInfo.InvariantCulture),
                            line.Workers.ToString(CultureInfo.InvariantCulture),
                        ]
                )
            );
            writer.WriteLine("* the stage that limits");
        }
    }

    private static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
