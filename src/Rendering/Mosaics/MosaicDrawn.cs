namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>A mosaic that was drawn.</summary>
/// <param name="Path">The picture.</param>
/// <param name="Sidecar">What stands where, for programs.</param>
/// <param name="Page">What stands where, for a browser.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Columns">Of the grid; fewer than asked for where the window has too few frames.</param>
/// <param name="Rows">Of the grid.</param>
/// <param name="FramesInWindow">Frames to choose from.</param>
/// <param name="SameFilm">How often neighbours are of one film, beside chance; null where there is nothing to compare.</param>
/// <param name="StandIns">Films whose originals could not be had.</param>
public sealed record MosaicDrawn(
    string Path,
    string Sidecar,
    string Page,
    int Width,
    int Height,
    int Columns,
    int Rows,
    int FramesInWindow,
    NeighbourScore? SameFilm,
    IReadOnlyList<StandIn> StandIns
);
