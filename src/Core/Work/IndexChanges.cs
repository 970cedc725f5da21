namespace OrleansAtlas.Work;

/// <summary>What a run of <c>index</c> found otherwise than the run before it, by names of films.</summary>
public sealed record IndexChanges
{
    /// <summary>Films that were not known.</summary>
    public IReadOnlyList<string> New { get; init; } = [];

    /// <summary>Films whose file has other content now.</summary>
    public IReadOnlyList<string> Changed { get; init; } = [];

    /// <summary>Films that lie elsewhere or are called otherwise now.</summary>
    public IReadOnlyList<MovedFilm> Moved { get; init; } = [];

    /// <summary>Further names of films that were known.</summary>
    public IReadOnlyList<string> Copied { get; init; } = [];

    /// <summary>Films none of whose files is there any more; they stay on the map until they are pruned.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>Inputs that failed.</summary>
    public IReadOnlyList<string> Failed { get; init; } = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty() => New.Count + Changed.Count + Moved.Count + Copied.Count + Gone.Count + Failed.Count == 0;

    /// <summary>One run after the other; what both tell of, as two shards of the same films do, is there once.</summary>
    public IndexChanges Then(IndexChanges later)
    {
        ArgumentNullException.ThrowIfNull(later);
        return new IndexChanges
        {
            New = [.. New.Union(later.New)],
            Changed = [.. Changed.Union(later.Changed)],
            Moved = [.. Moved.Union(later.Moved)],
            Copied = [.. Copied.Union(later.Copied)],
            Gone = [.. Gone.Union(later.Gone)],
            Failed = [.. Failed.Union(later.Failed)],
        };
    }

    /// <summary>What is not in others.</summary>
    public IndexChanges Without(IndexChanges others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new IndexChanges
        {
            New = [.. New.Except(others.New)],
            Changed = [.. Changed.Except(others.Changed)],
            Moved = [.. Moved.Except(others.Moved)],
            Copied = [.. Copied.Except(others.Copied)],
            Gone = [.. Gone.Except(others.Gone)],
            Failed = [.. Failed.Except(others.Failed)],
        };
    }
}

/// <summary>A film that goes by another name now.</summary>
public sealed record MovedFilm(string From, string To);
