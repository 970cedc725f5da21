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

    /// <summary>0 to 1: how far frames that look alike give way to others: 0 takes any frame, 1 those that differ most.</summary>
    public double Variety { get; init; } = VariedFrames.Usual;

    /// <summary>Whether the grid stays as it is where the window has fewer frames than cells, some of which are then empty; else there are
    /// fewer tiles, on a sheet of paper larger ones.</summary>
    public bool KeepGrid { get; init; }

    /// <summary>Whether the black bars of films stay on.</summary>
    public bool KeepBars { get; init; }

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
