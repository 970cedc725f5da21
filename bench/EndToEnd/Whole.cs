using System.Diagnostics;
using OrleansAtlas.Hosting;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Bench;

/// <summary>The pipeline as <c>atlas index</c> runs it, without the map, in a process of its own that begins cold: starting and compiling
/// are a part of what a person waits for.</summary>
internal static class Whole
{
    /// <summary>First argument of the process that is measured.</summary>
    public const string Verb = "--index";

    /// <summary>Starts the process, and reads its ledger.</summary>
    public static async Task<(Cost Cost, LedgerPage Page)> MeasureAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var answer = "";
        var cost = await Cost.OfAsync(async () =>
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!, [Verb, .. arguments]) { RedirectStandardOutput = true };
            using var process = Process.Start(start)!;
            answer = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
        });
        return (cost, StoreJson.Parse<LedgerPage>(System.Text.Encoding.UTF8.GetBytes(answer)));
    }

    /// <summary>Indexes a folder into a store that is deleted afterwards, or into the one that is named, and writes the ledger.</summary>
    public static async Task RunAsync(string folder, string model, Sampling sampling, string? store, CancellationToken cancellationToken)
    {
        var place = store ?? Directory.CreateTempSubdirectory("atlas-bench-").FullName;
        try
        {
            await using var atlas = await Atlas.OpenAsync(place, null, cancellationToken);
            await atlas.GetOrCreateAsync("bench", new CollectionRequest(sampling, null, model), cancellationToken);
            var indexer = new CollectionIndexer(atlas.Work, new WithoutMap(atlas.Engine));
            await indexer.IndexAsync("bench", new IndexRequest { Paths = [folder] }, new Progress<ProgressReport>(), cancellationToken);
            await Console.OpenStandardOutput().WriteAsync(StoreJson.ToBytes(atlas.Work.Ledger.Page()), cancellationToken);
        }
        finally
        {
            if (store is null)
            {
                Directory.Delete(place, recursive: true);
            }
        }
    }
}
