using OrleansAtlas.Store;

namespace OrleansAtlas.Maps;

/// <summary>A film on a map.</summary>
/// <param name="Id">Content id.</param>
/// <param name="Segments">Its segments on the map.</param>
internal sealed record MapFilm(string Id, IReadOnlyList<SegmentFrames> Segments);
