using System.Runtime.CompilerServices;
using OrleansAtlas.Contracts;
using OrleansAtlas.Store;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>The jobs of all collections, <c>.jobs/NAME.json</c> in the store: no collection's name starts with a dot.</summary>
public static class JobStore
{
    private const string Folder = ".jobs/";

    /// <summary>A collection's last job; null if there was none.</summary>
    public static async Task<Job?> ReadAsync(IArtifactStore store, string collection, CancellationToken cancellationToken) =>
        (await BookAsync(store, collection, cancellationToken).ConfigureAwait(false))?.Last;

    /// <summary>A collection's jobs; null if there was none.</summary>
    public static async Task<JobBook?> BookAsync(IArtifactStore store, string collection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Parse(await store.ReadAsync(NameOf(collection), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Changes a collection's jobs atomically: the change is repeated if another process changed them in between.</summary>
    /// <param name="store">The store.</param>
    /// <param name="collection">Name of the collection.</param>
    /// <param name="change">Receives the jobs and returns them changed, or the same instance to leave them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The jobs as they are now.</returns>
    public static async Task<JobBook?> ChangeAsync(
        IArtifactStore store,
        string collection,
        Func<JobBook?, JobBook?> change,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(change);
        while (true)
        {
            var artifact = await store.ReadAsync(NameOf(collection), cancellationToken).ConfigureAwait(false);
            var before = Parse(artifact);
            var after = change(before);
            if (
                after is null
                || ReferenceEquals(after, before)
                || await store
                    .TryReplaceAsync(NameOf(collection), JobFile.ToBytes(after), artifact?.Tag, cancellationToken)
                    .ConfigureAwait(false)
                    is not null
            )
            {
                return after;
            }
        }
    }

    /// <summary>The jobs of every collection that has some.</summary>
    public static async IAsyncEnumerable<JobBook> AllBooksAsync(
        IArtifactStore store,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        await foreach (var entry in store.ListAsync(Folder, cancellationToken).ConfigureAwait(false))
        {
            var collection = entry.Name[Folder.Length..^".json".Length];
            if (await BookAsync(store, collection, cancellationToken).ConfigureAwait(false) is { } book)
            {
                yield return book;
            }
        }
    }

    private static JobBook? Parse(Artifact? artifact) => artifact is null ? null : JobFile.Parse(artifact.Content);

    private static string NameOf(string collection) => $"{Folder}{collection}.json";
}
