using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary><see cref="IndexChanges"/> while they are gathered.</summary>
internal sealed class ChangeLists
{
    public List<FilmPlace> New { get; } = [];

    public List<FilmPlace> Changed { get; } = [];

    public List<MovedFilm> Moved { get; } = [];

    public List<FilmPlace> Copied { get; } = [];

    public List<FilmPlace> Back { get; } = [];

    /// <summary>In ordinal order of the names.</summary>
    public IndexChanges ToChanges() =>
        new()
        {
            New = [.. New.Order(FilmPlace.ByName)],
            Changed = [.. Changed.Order(FilmPlace.ByName)],
            Moved = [.. Moved.OrderBy(film => film.To, FilmPlace.ByName)],
            Copied = [.. Copied.Order(FilmPlace.ByName)],
            Back = [.. Back.Order(FilmPlace.ByName)],
        };
}
