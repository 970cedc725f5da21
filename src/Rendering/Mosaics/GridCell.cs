using OrleansAtlas.Maps;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>A cell of a grid and the frame in it.</summary>
/// <param name="Column">From 0 at the left.</param>
/// <param name="Row">From 0 at the top.</param>
/// <param name="Frame">The frame.</param>
public readonly record struct GridCell(int Column, int Row, MapFrame Frame);
