namespace OrleansAtlas.Store;

/// <summary>Inputs that failed the last time they were tried and have no film to say so: <c>ledger/failed.json</c>.</summary>
public static class FailedInputs
{
    /// <summary>All of them, in ordinal order of their paths.</summary>
    public static async Task<IReadOnlyList<FailedInput>> FailedInputsAsync(
        this CollectionStore collection,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(collection);
        var list = await collection.ReadAsync<InputList>(collection.Names.FailedInputs, cancellationToken).ConfigureAwait(false);
        return list?.Failed ?? [];
    }

    /// <summary>Paths of films and inputs that failed the last time they were tried.</summary>
    public static async Task<IReadOnlySet<string>> FailedPathsAsync(this CollectionStore collection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        var inputs = await collection.FailedInputsAsync(cancellationToken).ConfigureAwait(false);
        var paths = inputs.Select(input => input.Path).ToHashSet(StringComparer.Ordinal);
        await foreach (var film in collection.VideosAsync(cancellationToken).ConfigureAwait(false))
        {
            if (film is { Failure: not null, Gone: false })
            {
                paths.UnionWith(film.Sources.Select(source => source.Path));
            }
        }

        return paths;
    }

    /// <summary>Takes off those that were tried again and adds those that failed, again and again until nobody else changed the list in
    /// between.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="isOver">Whether one that failed before was tried again, or is none any more.</param>
    /// <param name="failed">Those that failed now.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>How many were taken off.</returns>
    public static async Task<int> UpdateFailedInputsAsync(
        this CollectionStore collection,
        Func<FailedInput, bool> isOver,
        IReadOnlyList<FailedInput> failed,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(collection);
        var name = collection.Names.FailedInputs;
        var paths = failed.Select(input => input.Path).ToHashSet(StringComparer.Ordinal);
        while (true)
        {
            var artifact = await collection.Artifacts.ReadAsync(name, cancellationToken).ConfigureAwait(false);
            var before = artifact is null ? [] : StoreJson.Parse<InputList>(artifact.Content).Failed;
            var kept = before.Where(input => !isOver(input) && !paths.Contains(input.Path)).ToList();
            var now = kept.Concat(failed.DistinctBy(input => input.Path)).OrderBy(input => input.Path, StringComparer.Ordinal).ToList();
            if (
                now.SequenceEqual(before)
                || await collection
                    .Artifacts.TryReplaceAsync(name, StoreJson.ToBytes(new InputList { Failed = now }), artifact?.Tag, cancellationToken)
                    .ConfigureAwait(false)
                    is not null
            )
            {
                return before.Count - kept.Count;
            }
        }
    }

    private sealed record InputList
    {
        public IReadOnlyList<FailedInput> Failed { get; init; } = [];
    }
}
