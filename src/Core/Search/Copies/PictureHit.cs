using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>Two frames that may show the same.</summary>
/// <param name="FrameA">Of the first film.</param>
/// <param name="ViewA">What of it.</param>
/// <param name="FrameB">Of the second.</param>
/// <param name="ViewB">What of it.</param>
/// <param name="Sign">-1 where one is a negative of the other.</param>
/// <param name="Alike">Cosine of the hashes, or correlation of the pictures once they were laid on each other.</param>
internal readonly record struct PictureHit(int FrameA, PictureView ViewA, int FrameB, PictureView ViewB, int Sign, double Alike)
{
    /// <summary>The same with the films exchanged.</summary>
    public PictureHit Exchanged => new(FrameB, ViewB, FrameA, ViewA, Sign, Alike);
}
