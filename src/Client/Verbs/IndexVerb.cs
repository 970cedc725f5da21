using System.CommandLine;
using System.Globalization;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Errors;
using OrleansAtlas.Work;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas index</c>: from files to a map.</summary>
internal static class IndexVerb
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description =
            "Films, photos and folders of them; https://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX], or any address of a film.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private static readonly Option<string?> Model = new("--model")
    {
        Description =
            "Name or ONNX file of the model that describes frames. Default: xception where it is or can be fetched, else resnet18",
        HelpName = "NAME|FILE",
    };
    private static readonly Option<string?> Shard = new("--shard")
    {
        Description = "Take share i of n of the films: for several processes on one folder; i from 0 to n-1, or from 1 to n.",
        HelpName = "i/n",
    };

    private static readonly Option<bool> Prune = new("--prune")
    {
        Description = "Delete films none of whose files is there any more, and leave them out of the map.",
    };

    public static Command Create()
    {
        var command = new Command("index", "Make a map of films and photos, or add them to one: what is there is not computed again.")
        {
            Paths,
            CommonOptions.Collection,
        };
        CollectionFlags.AddTo(command, Model);
        command.Add(Shard);
        command.Add(FilmPaths.List);
        command.Add(Prune);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var paths = FilmPaths.Read(result.GetValue(Paths) ?? [], result.GetValue(FilmPaths.List));
        var (shard, shards) = ParseShard(result.GetValue(Shard));
        var request = CollectionFlags.Read(result, Model);
        await using var atlas = await call.OpenAtlasAsync(call.OpenStore(write: true), cancellationToken);
        var collection = await atlas.GetOrCreateAsync(call.CollectionName(), request, cancellationToken);
        var films = new IndexRequest
        {
            Paths = paths,
            Shard = shard,
            Shards = shards,
            Prune = result.GetValue(Prune),
        };
        IndexReport report;
        try
        {
            report = await ProgressLines.ShowAsync(progress => collection.IndexAsync(films, progress, cancellationToken));
        }
        catch (AtlasException error) when (error is not StoreException)
        {
            // A place that does not open leaves no collection behind.
            await collection.DiscardIfNewAsync(cancellationToken);
            throw;
        }

        if (report.Done.Count == 0 && report.Failed.Count == 0 && report.OtherShards == 0 && report.Empty.Count == 0)
        {
            await collection.DiscardIfNewAsync(cancellationToken);
            throw new UsageException(
                $"Nothing to index in {string.Join(", ", paths.Take(10).Select(path => $"'{FilmPaths.Shown(path)}'"))}: "
                    + $"{(report.Ignored.Count == 0 ? "no file is there" : $"none of {report.Ignored.Count} files is a film or a photo")}; "
                    + "give a folder with films or photos."
            );
        }

        call.Answer.Write(
            IndexDocument.From(collection.Store, report),
            writer =>
                Lines(
                    writer,
                    Named(collection.Store.Settings.Name, FilmPaths.Shown(result.GetValue(CommonOptions.Store))),
                    report,
                    call.Verbose
                )
        );
        return report.Failed.Count + report.Damaged.Count > 0 ? ExitCode.SomeFailed : ExitCode.Done;
    }

    // What the next command needs to find the collection.
    private static string Named(string collection, string? store) =>
        store is null
            ? $"-c {collection}"
            : $"-c {collection} --store {(store.Contains(' ', StringComparison.Ordinal) ? $"\"{store}\"" : store)}";

    private static void Lines(TextWriter writer, string collection, IndexReport report, bool verbose)
    {
        foreach (var failed in report.Failed)
        {
            Console.Error.WriteLine($"failed: {failed.Sentence}");
        }

        foreach (var place in report.Empty)
        {
            writer.WriteLine($"Nothing is in '{FilmPaths.Shown(place)}' any more.");
        }

        ChangeLines.Write(writer, report.Changes);
        ChangeLines.Names(writer, "pruned", report.Pruned);

        foreach (var film in report.Damaged)
        {
            Console.Error.WriteLine($"damaged: {film.Sentence}");
        }

        foreach (var left in report.LeftOut)
        {
            Console.Error.WriteLine($"left out: {left.Sentence}");
        }

        if (verbose)
        {
            foreach (var ignored in report.Ignored.Except(report.LeftOut))
            {
                Console.Error.WriteLine($"ignored: {ignored.Sentence}");
            }
        }

        var damaged = report.Damaged.Count > 0 ? $"{report.Damaged.Count} of them damaged, " : "";
        var added = report.Done.Sum(receipt => receipt.NewFrames);
        writer.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Done.Count} films and photos done ({report.Done.Sum(receipt => (long)receipt.Frames)} frames, {added} of "
                    + $"them new), {damaged}{report.Failed.Count} failed, "
                    + $"{report.Ignored.Count} files ignored, in {report.Seconds:0.0} s."
            )
        );
        if (report.OtherShards > 0)
        {
            writer.WriteLine(
                $"{report.OtherShards} files belong to other shares; when all shares are done, the same command without --shard "
                    + "makes the map."
            );
        }

        if (report.Map is { } map)
        {
            writer.WriteLine(
                $"Map {map.Version}: {map.Frames} frames{(map.New ? "" : ", as before")}.{(map.Note is null ? "" : " " + map.Note)}"
            );
            if (KeptLine.Of(report.Kept) is { } kept)
            {
                writer.WriteLine(kept);
            }

            writer.WriteLine($"Look at it: atlas mosaic {collection} -o mosaic.png");
        }
        else if (report.OtherShards == 0)
        {
            writer.WriteLine("There is no frame to make a map of.");
        }
    }

    private static (int Shard, int Shards) ParseShard(string? text)
    {
        if (text is null)
        {
            return (0, 1);
        }

        var parts = text.Split('/');
        return
            parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var shard)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var shards)
            && shards > 0
            && shard <= shards
            ? (shard % shards, shards)
            : throw new UsageException($"--shard '{text}' is not of the form i/n with i from 0 to n; three shares are 1/3, 2/3 and 3/3.");
    }
}
