using System.Globalization;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>What each run of <c>index</c> found otherwise than the one before, kept beside its ledger.</summary>
public static class ChangeLog
{
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
        ArgumentNullException.ThrowIfNull(collection);
        var first = collection.Names.Ledgers + since.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        var names = await collection
            .Artifacts.ListAsync(collection.Names.Ledgers, cancellationToken)
            .Select(entry => entry.Name)
            .Where(name => name.EndsWith("/changes.json", StringComparison.Ordinal) && string.CompareOrdinal(name, first) >= 0)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        var all = new IndexChanges();
        foreach (var name in names)
        {
            all = all.Then(await collection.ReadAsync<IndexChanges>(name, cancellationToken).ConfigureAwait(false) ?? new IndexChanges());
        }

        return all;
    }
}
