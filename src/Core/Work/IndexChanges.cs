namespace OrleansAtlas.Work;

/// <summary>What a run of <c>index</c> found otherwise than the run before it, by places of films.</summary>
public sealed record IndexChanges
{
    /// <summary>Films that were not known.</summary>
    public IReadOnlyList<FilmPlace> New { get; init; } = [];

    /// <summary>Films whose file has other content now.</summary>
    public IReadOnlyList<FilmPlace> Changed { get; init; } = [];

    /// <summary>Films that lie elsewhere or are called otherwise now.</summary>
    public IReadOnlyList<MovedFilm> Moved { get; init; } = [];

    /// <summary>Further places of films that were known, or that came in the same run.</summary>
    public IReadOnlyList<FilmPlace> Copied { get; init; } = [];

    /// <summary>Places where nothing is any more. A film stays on the map until all its places are gone and it is pruned.</summary>
    public IReadOnlyList<FilmPlace> Gone { get; init; } = [];

    /// <summary>Films that were gone and are where they were again.</summary>
    public IReadOnlyList<FilmPlace> Back { get; init; } = [];

    /// <summary>Inputs that failed, and that alone.</summary>
    public IReadOnlyList<FilmPlace> Failed { get; init; } = [];

    /// <summary>Films of which the run found that not all can be decoded. They are told of as new or changed besides.</summary>
    public IReadOnlyList<FilmPlace> Damaged { get; init; } = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty() =>
        New.Count + Changed.Count + Moved.Count + Copied.Count + Gone.Count + Back.Count + Failed.Count + Damaged.Count == 0;

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
            Damaged = [.. Damaged.Union(more.Damaged)],
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
            Damaged = [.. Damaged.Except(others.Damaged)],
        };
    }
}

/// <summary>A film that is elsewhere, or called otherwise, now.</summary>
public sealed record MovedFilm(FilmPlace From, FilmPlace To)
{
    /// <summary>What its places are called, or their paths where that is the same: a film that moved with its folder keeps its
    /// name.</summary>
    public (string From, string To) Told() => From.Name == To.Name ? (From.Key, To.Key) : (From.Name, To.Name);
}
