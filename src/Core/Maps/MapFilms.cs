using OrleansAtlas.Store;

namespace OrleansAtlas.Maps;

/// <summary>The films of a map in the order of its arrays, <c>films.json</c>.</summary>
internal sealed record MapFilms(IReadOnlyList<MapFilm> Films)
{
    /// <summary>The films of a frame set.</summary>
    public static MapFilms Of(FrameSet frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        return new([.. frames.Films.Select(film => new MapFilm(film.Id, film.Segments))]);
    }
}
