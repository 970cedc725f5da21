using OrleansAtlas.Maps;

namespace OrleansAtlas.Rendering.Charts;

/// <summary>What a scatter picture shows.</summary>
public sealed record ScatterOptions
{
    /// <summary>Pixels a row.</summary>
    public int Width { get; init; } = 1600;

    /// <summary>Rows.</summary>
    public int Height { get; init; } = 1200;

    /// <summary>What the colour of a point says.</summary>
    public ScatterColour Colour { get; init; } = ScatterColour.Film;

    /// <summary>Over the picture; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The window of the map.</summary>
    public MapView View { get; init; } = MapView.Whole;
}
