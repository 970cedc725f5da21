using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary><see cref="IndexChanges"/> while they are gathered.</summary>
internal sealed class ChangeLists
{
    public List<string> New { get; } = [];

    public List<string> Changed { get; } = [];

    public List<MovedFilm> Moved { get; } = [];

    public List<string> Copied { get; } = [];

    public List<string> Back { get; } = [];

    /// <summary>In ordinal order.</summary>
    public IndexChanges ToChanges() =>
        new()
        {
            New = [.. New.Order(StringComparer.Ordinal)],
            Changed = [.. Changed.Order(StringComparer.Ordinal)],
            Moved = [.. Moved.OrderBy(film => film.To, StringComparer.Ordinal)],
            Copied = [.. Copied.Order(StringComparer.Ordinal)],
            Back = [.. Back.Order(StringComparer.Ordinal)],
        };
}
