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

    /// <summary>Further names of films that were known, or that came in the same run.</summary>
    public IReadOnlyList<string> Copied { get; init; } = [];

    /// <summary>Names under which nothing is any more. A film stays on the map until all its names are gone and it is pruned.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>Films that were gone and are where they were again.</summary>
    public IReadOnlyList<string> Back { get; init; } = [];

    /// <summary>Inputs that failed, and that alone.</summary>
    public IReadOnlyList<string> Failed { get; init; } = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty() => New.Count + Changed.Count + Moved.Count + Copied.Count + Gone.Count + Back.Count + Failed.Count == 0;

    /// <summary>All that one run tells of, which it writes down piece by piece.</summary>
    public IndexChanges And(IndexChanges more)
    {
        ArgumentNullException.ThrowIfNull(more);
        return new IndexChanges
        {
            New = [.. New.Union(more.New)],
            Changed = [.. Changed.Union(more.Changed)],
            Moved = [.. Moved.Union(more.Moved)],
            Copied = [.. Copied.Union(more.Copied)],
            Gone = [.. Gone.Union(more.Gone)],
            Back = [.. Back.Union(more.Back)],
            Failed = [.. Failed.Union(more.Failed)],
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
            Back = [.. Back.Except(others.Back)],
            Failed = [.. Failed.Except(others.Failed)],
        };
    }
}

/// <summary>A film that goes by another name now; by their paths where the names are the same.</summary>
public sealed record MovedFilm(string From, string To);
