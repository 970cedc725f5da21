using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Client.Cluster;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Indexing;
using OrleansAtlas.Maps;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas status</c>: what a collection holds, what failed, what took the time, how true its map is.</summary>
internal static class StatusVerb
{
    // A hundred years.
    private const double MostHours = 876_000;

    private static readonly Option<string?> Since = new("--since")
    {
        Description = "Say what all runs since then come to, new, changed, moved, gone: 2026-05-31, '2026-05-31 18:00', 12h or 7d.",
        HelpName = "WHEN",
    };

    public static Command Create()
    {
        var command = new Command("status", "Films, frames, failures with reasons, stage times, model and map quality.")
        {
            CommonOptions.Collection,
            ClusterOption.Cluster,
            Since,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        // The environment names a cluster for verbs that need one; what the store holds is asked without it.
        if (result.GetValue(ClusterOption.Cluster) is { } address)
        {
            return await ClusterVerbs.StatusAsync(call, address, cancellationToken);
        }

        var collection = await call.OpenCollectionAsync(false, cancellationToken);
        if (result.GetValue(Since) is { } since)
        {
            await TellChangesAsync(call, collection, TimeOf(since), cancellationToken);
            return ExitCode.Done;
        }

        var status = await StatusDocument.ReadAsync(collection, cancellationToken);
        call.Answer.Write(status, writer => Lines(writer, status, call.Verbose));
        return ExitCode.Done;
    }

    private static async Task TellChangesAsync(
        Invocation call,
        CollectionStore collection,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var runs = await collection.RunsSinceAsync(since, cancellationToken);
        var failing = runs.Any(run => run.Changes.Failed.Count > 0) ? await collection.FailedPathsAsync(cancellationToken) : null;
        var net = NetChanges.Of(runs.Select(run => run.Changes), place => place.Path is null || failing?.Contains(place.Path) == true);

        call.Answer.Write(
            new
            {
                collection = collection.Settings.Name,
                since,
                changes = ChangesDocument.From(net),
                runs = runs.Select(run => new { run.Time, changes = ChangesDocument.From(run.Changes) }),
            },
            writer =>
            {
                ChangeLines.Write(writer, net);
                ChangeLines.Places(writer, "failed", net.Failed);
                ChangeLines.Places(writer, "damaged", net.Damaged);
            }
        );
    }

    private static void Lines(TextWriter writer, StatusDocument status, bool verbose)
    {
        // As atlas index counts them: what a damaged film has is done.
        var damaged = status.Videos.Count(video => video.State == "damaged");
        var done = status.Videos.Count(video => video.State == "done") + damaged;
        var damage = damaged > 0 ? $"{damaged} of them damaged, " : "";
        writer.WriteLine(
            $"{status.Collection}: {done} of {status.Videos.Count} films and photos done, {damage}{status.Frames} frames, described by "
                + $"{status.Model.Name} ({status.Model.Dimensions} numbers)."
        );
        foreach (var video in status.Videos.Where(video => video.State != "done"))
        {
            var called = status.Called(video);
            var said = video.Reason is null ? called : new FileOutcome(called, video.Reason).Sentence;
            writer.WriteLine($"  {video.State}: {said}");
        }

        if (verbose)
        {
            Answer.Table(
                writer,
                ["film", "frames", "seconds", "decoding"],
                status.Videos.Select(video =>
                    (IReadOnlyList<string>)
                        [
                            status.Called(video),
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
            if (map.Newcomers is { } added)
            {
                writer.WriteLine(
                    $"{added.Frames} frames of films that came after the training keep {Number(added.NeighboursKept)} of their neighbours; "
                        + $"those of the training kept {Number(added.KeptBefore)}. Lost on the whole map: {Number(added.Lost)} (above "
                        + $"{Newcomers.MostLost.ToString(CultureInfo.InvariantCulture)} train again)."
                );
            }

            writer.WriteLine($"PCA keeps {Number(status.Pca?.VarianceKept)} of the variance in {status.Pca?.Components} components.");
            if (status.Network is { } network)
            {
                writer.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Network of preset {network.Preset}, loss {network.Loss}, deviation {network.Deviation:0.##}: encoder "
                            + $"{string.Join('-', network.Encoder)} of {network.EncoderParameters:N0} parameters, decoder "
                            + $"{string.Join('-', network.Decoder)} of {network.DecoderParameters:N0}; trainer {network.Trainer}."
                    )
                );
            }

            if (map.Note is { } note)
            {
                writer.WriteLine(note);
            }
        }

        if (status.Ledger.Count > 0)
        {
            Answer.Table(
                writer,
                ["stage", "items", "MB", "busy s", "waiting s", "workers", "processor s"],
                status.Ledger.Select(line =>
                    (IReadOnlyList<string>)
                        [
                            line.Stage.ToString().ToLowerInvariant() + (line.Stage == status.LimitingStage ? " *" : ""),
                            line.Items.ToString(CultureInfo.InvariantCulture),
                            (line.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture),
                            line.BusySeconds.ToString("0.00", CultureInfo.InvariantCulture),
                            line.WaitingSeconds.ToString("0.00", CultureInfo.InvariantCulture),
                            line.Workers.ToString(CultureInfo.InvariantCulture),
                            line.ProcessorSeconds.ToString("0.00", CultureInfo.InvariantCulture),
                        ]
                )
            );
            writer.WriteLine("* the stage that limits");
        }
    }

    private static DateTimeOffset TimeOf(string text) =>
        text.Length > 1
        && text[^1] is 'h' or 'd'
        && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ago)
        && (text[^1] == 'h' ? ago : 24 * ago) is <= MostHours and var hours
            ? TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(hours)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time) ? time
        : throw new UsageException($"--since '{text}' is no time; give a date such as 2026-05-31, or 12h or 7d for so long ago.");

    private static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
