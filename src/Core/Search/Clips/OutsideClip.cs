using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Clips;

/// <summary>A film or photo that is not in the library, described as the library's films are.</summary>
/// <param name="Clip">Its frames.</param>
/// <param name="Jpegs">Their pictures.</param>
/// <param name="Reduced">Their reduced vectors as a map's own are, not scaled, <c>[n, k]</c>.</param>
public sealed record OutsideClip(Clip Clip, IReadOnlyList<byte[]> Jpegs, float[] Reduced)
{
    /// <summary>Small grey pictures, eight a second, by which copies are found; null of a photo and of a long film.</summary>
    internal Thumbnails? Pictures { get; init; }
}
