namespace OrleansAtlas.Maps;

/// <summary>How evenly a map covers its square.</summary>
public static class PlacementCoverage
{
    /// <summary>Share of the cells of a grid, four frames to a cell, that hold any, relative to what as many independent uniform points
    /// would fill
    /// (<c>1 - (1 - 1/cells)^n</c>); 0 to 1.</summary>
    /// <param name="positions"><c>[n, 2]</c> in [0, 1]^2.</param>
    public static double Of(ReadOnlySpan<float> positions)
    {
        var frames = positions.Length / 2;
        if (frames == 0)
        {
            return 0;
        }

        var side = Math.Max(1, (int)(Math.Sqrt(frames) / 2));
        var filled = new bool[side * side];
        for (var i = 0; i < positions.Length; i += 2)
        {
            filled[(Cell(positions[i + 1], side) * side) + Cell(positions[i], side)] = true;
        }

        var expected = 1 - Math.Pow(1 - (1.0 / filled.Length), frames);
        return Math.Min(1, filled.Count(cell => cell) / (double)filled.Length / expected);
    }

    private static int Cell(float position, int side) => Math.Clamp((int)(position * side), 0, side - 1);
}
