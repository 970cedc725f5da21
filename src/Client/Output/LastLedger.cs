using OrleansAtlas.Runtime;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client.Output;

/// <summary>What took the time when something was computed last: a run that found all done says nothing about speed. What several
/// processes did together is summed: the silos of a cluster, and those that took a share of the films each.</summary>
internal static class LastLedger
{
    /// <returns>Null where there was no run.</returns>
    public static async Task<LedgerPage?> ReadAsync(CollectionStore collection, CancellationToken cancellationToken)
    {
        var folder = collection.Names.Ledgers;
        var names = await collection
            .Artifacts.ListAsync(folder, cancellationToken)
            .Select(entry => entry.Name)
            .Where(name => !name.EndsWith("/changes.json", StringComparison.Ordinal) && name != collection.Names.FailedInputs)
            .ToListAsync(cancellationToken);
        LedgerPage? newest = null;
        var shares = new List<LedgerPage>();
        foreach (var run in names.GroupBy(name => RunOf(name, folder)).OrderByDescending(run => run.Key, StringComparer.Ordinal))
        {
            var page = await RunAsync(collection, run, cancellationToken);
            newest ??= page;
            if (shares.Count > 0 && page.Share?.Of != shares[0].Share!.Of)
            {
                break; // Shares before this run are of another day.
            }

            if (page.Stages.Any(line => line.Stage == Stage.Describe && line.Items > 0))
            {
                if (page.Share is null)
                {
                    return page;
                }

                shares.Add(page);
            }
        }

        return shares.Count > 0 ? LedgerPage.Sum([.. shares.GroupBy(page => page.Share).Select(Again)]) : newest;
    }

    private static async Task<LedgerPage> RunAsync(
        CollectionStore collection,
        IEnumerable<string> names,
        CancellationToken cancellationToken
    )
    {
        var pages = new List<LedgerPage>();
        foreach (var name in names)
        {
            pages.Add((await collection.ReadAsync<LedgerPage>(name, cancellationToken))!);
        }

        return pages is [var alone] ? alone : LedgerPage.Sum(pages);
    }

    // A share that was broken off and gone on with: one run after the other, by as many workers.
    private static LedgerPage Again(IEnumerable<LedgerPage> runs)
    {
        var all = runs.ToList();
        var sum = LedgerPage.Sum(all);
        return all is [var alone]
            ? alone
            : new LedgerPage(
                all.Sum(run => run.Seconds),
                [.. sum.Stages.Zip(all[0].Stages, (line, one) => line with { Workers = one.Workers })],
                all[0].Processors
            );
    }

    private static string RunOf(string name, string folder) => name[folder.Length..].Split('/', '.')[0];
}
