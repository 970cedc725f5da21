using System.Runtime.CompilerServices;
using OrleansAtlas.Contracts;
using OrleansAtlas.Store;

namespace OrleansAtlas.Grains.Jobs;

/// <summary>The jobs of all collections, <c>.jobs/NAME.json</c> in the store: no collection's name starts with a dot.</summary>
public static class JobStore
{
    private const string Folder = ".jobs/";

    /// <summary>A collection's last job; null if there was none.</summary>
    public static async Task<Job?> ReadAsync(IArtifactStore store, string collection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var artifact = await store.ReadAsync(NameOf(collection), cancellationToken).ConfigureAwait(false);
        return artifact is null ? null : StoreJson.Parse<Job>(artifact.Content);
    }

    /// <summary>Changes a collection's job atomically: the change is repeated if another process changed the job in between.</summary>
    /// <param name="store">The store.</param>
    /// <param name="collection">Name of the collection.</param>
    /// <param name="change">Receives the current job and returns the new one, or the same instance to leave it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The job as it is now.</returns>
    public static async Task<Job?> ChangeAsync(
        IArtifactStore store,
        string collection,
        Func<Job?, Job?> change,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(change);
        while (true)
        {
            var artifact = await store.ReadAsync(NameOf(collection), cancellationToken).ConfigureAwait(false);
            var before = artifact is null ? null : StoreJson.Parse<Job>(artifact.Content);
            var after = change(before);
            if (
                ReferenceEquals(after, before)
                || await store
                    .TryReplaceAsync(NameOf(collection), StoreJson.ToBytes(after), artifact?.Tag, cancellationToken)
                    .ConfigureAwait(false)
                    is not null
            )
            {
                return after;
            }
        }
    }

    /// <summary>The last job of every collection that has one.</summary>
    public static async IAsyncEnumerable<Job> AllAsync(IArtifactStore store, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        await foreach (var entry in store.ListAsync(Folder, cancellationToken).ConfigureAwait(false))
        {
            var collection = entry.Name[Folder.Length..^".json".Length];
            if (await ReadAsync(store, collection, cancellationToken).ConfigureAwait(false) is { } job)
            {
                yield return job;
            }
        }
    }

    private static string NameOf(string collection) => $"{Folder}{collection}.json";
}
