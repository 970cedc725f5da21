using OrleansAtlas.Rendering.Frames;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>A mosaic that was drawn.</summary>
/// <param name="Path">The picture.</param>
/// <param name="Sidecar">What stands where, for programs.</param>
/// <param name="Page">What stands where, for a browser.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Columns">Of the grid; fewer than asked for where the window has too few frames.</param>
/// <param name="Rows">Of the grid.</param>
/// <param name="AskedColumns">The grid that was asked for, or that fills the sheet at the usual size of a tile.</param>
/// <param name="AskedRows">Its rows.</param>
/// <param name="FramesInWindow">Frames to choose from.</param>
/// <param name="SameFilm">How often neighbours are of one film, beside chance; null where there is nothing to compare.</param>
/// <param name="Variety">How many different pictures there are.</param>
/// <param name="Displacement">How far a tile is from its frame's place on average, as a share of the window's side.</param>
/// <param name="BarsCut">The black bars that were cut away, by the films' names.</param>
/// <param name="Unnamed">Films that the legend has no room for; 0 without a legend.</param>
/// <param name="StandIns">Films whose originals could not be had.</param>
public sealed record MosaicDrawn(
    string Path,
    string Sidecar,
    string Page,
    int Width,
    int Height,
    int Columns,
    int Rows,
    int AskedColumns,
    int AskedRows,
    int FramesInWindow,
    NeighbourScore? SameFilm,
    MosaicVariety Variety,
    double Displacement,
    IReadOnlyDictionary<string, BlackBars> BarsCut,
    int Unnamed,
    IReadOnlyList<StandIn> StandIns
);
