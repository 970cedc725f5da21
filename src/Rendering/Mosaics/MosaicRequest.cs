namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>What a mosaic should be.</summary>
public sealed record MosaicRequest
{
    /// <summary>Centre of the window on the map, 0 (left) to 1.</summary>
    public double X { get; init; } = 0.5;

    /// <summary>Centre of the window on the map, 0 (top) to 1.</summary>
    public double Y { get; init; } = 0.5;

    /// <summary>Side of the window, above 0; 1 is the whole map.</summary>
    public double Width { get; init; } = 1;

    /// <summary>Columns of the grid, 1 to 1,000.</summary>
    public int Columns { get; init; } = 11;

    /// <summary>Rows of the grid, 1 to 1,000.</summary>
    public int Rows { get; init; } = 18;

    /// <summary>Width of a tile in pixels, 1 to 4,000.</summary>
    public int TileWidth { get; init; } = 534;

    /// <summary>Height of a tile in pixels, 1 to 4,000.</summary>
    public int TileHeight { get; init; } = 300;

    /// <summary>0 to 1: how much frames of the same film and second are kept apart.</summary>
    public double Variety { get; init; }

    /// <summary>The sheet of a poster; null for tiles alone.</summary>
    public PaperSize? Paper { get; init; }

    /// <summary>False where a poster's tiles may be fewer or more than columns and rows, so that they fill the sheet.</summary>
    public bool IsGridFixed { get; init; } = true;

    /// <summary>Over a poster; may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>Whether the films are named below a poster.</summary>
    public bool Legend { get; init; }

    /// <summary>Whether frames are taken out of the films themselves, at full size.</summary>
    public bool Originals { get; init; }
}

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
