namespace OrleansAtlas.Rendering.Frames;

/// <summary>Which frames of a film or clip stand for it.</summary>
internal static class Spread
{
    /// <summary>At most so many frames, each from the middle of an equal part: the very first and last are often black.</summary>
    /// <param name="frames">Frames there are.</param>
    /// <param name="most">Frames that are wanted.</param>
    public static IEnumerable<int> Middles(int frames, int most) =>
        Enumerable.Range(0, Math.Min(most, frames)).Select(i => (int)(((2L * i) + 1) * frames / (2L * Math.Min(most, frames))));
}
