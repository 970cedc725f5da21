using System.Globalization;
using System.Runtime.CompilerServices;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>What each run of <c>index</c> found otherwise than the one before, kept beside its ledger.</summary>
public static class ChangeLog
{
    private const int RunsSideBySide = 16;
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff";

    /// <summary>Keeps a run's changes; nothing where there are none.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="changes">What was found.</param>
    /// <param name="time">When.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task AddChangesAsync(
        this CollectionStore collection,
        IndexChanges changes,
        DateTimeOffset time,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(changes);
        if (!changes.IsEmpty())
        {
            var run = string.Create(
                CultureInfo.InvariantCulture,
                $"{time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{Environment.ProcessId}"
            );
            await collection
                .Artifacts.TryAddAsync(collection.Names.Changes(run), StoreJson.ToBytes(changes), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>What changed since a time, one run after the other.</summary>
    public static async Task<IndexChanges> ChangesSinceAsync(
        this CollectionStore collection,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var all = new IndexChanges();
        await foreach (var (_, changes) in collection.RunsSinceAsync(since, cancellationToken).ConfigureAwait(false))
        {
            all = all.Then(changes);
        }

        return all;
    }

    /// <summary>What each run since a time found, one run after the other, and when it ended.</summary>
    public static async IAsyncEnumerable<(DateTimeOffset Time, IndexChanges Changes)> RunsSinceAsync(
        this CollectionStore collection,
        DateTimeOffset since,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(collection);
        var first = collection.Names.Ledgers + since.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        var names = await collection
            .Artifacts.ListAsync(collection.Names.Ledgers, cancellationToken)
            .Select(entry => entry.Name)
            .Where(name => name.EndsWith("/changes.json", StringComparison.Ordinal) && string.CompareOrdinal(name, first) >= 0)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);

        // Read side by side, since a store may be far away and have a run for each night.
        foreach (var some in names.Chunk(RunsSideBySide))
        {
            var read = await Task.WhenAll(some.Select(name => collection.ReadAsync<IndexChanges>(name, cancellationToken)))
                .ConfigureAwait(false);
            foreach (var (name, changes) in some.Zip(read))
            {
                if (changes is not null && TimeOf(name[collection.Names.Ledgers.Length..]) is { } time)
                {
                    yield return (time, changes);
                }
            }
        }
    }

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
