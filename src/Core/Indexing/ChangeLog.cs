using System.Globalization;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>What each run of <c>index</c> found otherwise than the one before, kept beside its ledger.</summary>
public static class ChangeLog
{
    private const int RunsSideBySide = 16;
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff";

    /// <summary>Keeps some of a run's changes; nothing where there are none.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="changes">What was found.</param>
    /// <param name="run">When the run began: what is told under one begin is told by one run.</param>
    /// <param name="time">When it was found.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task AddChangesAsync(
        this CollectionStore collection,
        IndexChanges changes,
        DateTimeOffset run,
        DateTimeOffset time,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(changes);
        if (!changes.IsEmpty())
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{Text(time)}-{Text(run)}-{Environment.ProcessId}");
            await collection
                .Artifacts.TryAddAsync(collection.Names.Changes(name), StoreJson.ToBytes(changes), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>What all runs since a time come to.</summary>
    public static async Task<IndexChanges> ChangesSinceAsync(
        this CollectionStore collection,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var runs = await collection.RunsSinceAsync(since, cancellationToken).ConfigureAwait(false);
        return NetChanges.Of(runs.Select(run => run.Changes));
    }

    /// <summary>What each run since a time found, one run after the other, and when it told of the last of it.</summary>
    public static async Task<IReadOnlyList<FoundInRun>> RunsSinceAsync(
        this CollectionStore collection,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(collection);
        var first = collection.Names.Ledgers + Text(since);
        var names = await collection
            .Artifacts.ListAsync(collection.Names.Ledgers, cancellationToken)
            .Select(entry => entry.Name)
            .Where(name => name.EndsWith("/changes.json", StringComparison.Ordinal) && string.CompareOrdinal(name, first) >= 0)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);

        // Read side by side, since a store may be far away and have a run for each night.
        var runs = new OrderedDictionary<string, FoundInRun>(StringComparer.Ordinal);
        foreach (var some in names.Chunk(RunsSideBySide))
        {
            var read = await Task.WhenAll(some.Select(name => collection.ReadAsync<IndexChanges>(name, cancellationToken)))
                .ConfigureAwait(false);
            foreach (var (name, changes) in some.Zip(read))
            {
                var run = name[collection.Names.Ledgers.Length..].Split('/')[0];
                if (changes is not null && TimeOf(run) is { } time)
                {
                    var before = runs.GetValueOrDefault(KeyOf(run))?.Changes ?? new IndexChanges();
                    runs[KeyOf(run)] = new FoundInRun(time, before.And(changes));
                }
            }
        }

        return [.. runs.Values];
    }

    /// <summary>A time as names of runs have it.</summary>
    internal static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    // TIME-BEGIN-PROCESS; of older versions TIME-PROCESS, which does not tell what is of one run.
    private static string KeyOf(string run) => run.Split('-') is [_, var begin, var process] ? $"{begin}-{process}" : run;

    private static DateTimeOffset? TimeOf(string run) =>
        DateTimeOffset.TryParseExact(
            run.Split('-')[0],
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? time
            : null;
}
