using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>A film's thumbnails and where they are from.</summary>
/// <param name="Frames">The pictures.</param>
/// <param name="Lacking">Why they are the stored frames only, which are fewer; null where they are all there should be.</param>
internal sealed record FilmThumbnails(Thumbnails Frames, string? Lacking);
