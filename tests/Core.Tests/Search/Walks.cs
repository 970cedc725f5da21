using OrleansAtlas.Numerics;
using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Tests;

/// <summary>Clips that wander around a scene of their own.</summary>
internal static class Walks
{
    private const int Width = 16;

    public static Clip Around(int scene, int film, int frames, long seed, int first = 0)
    {
        var (place, walk) = (new Xoshiro256(1000 + scene), new Xoshiro256(seed));
        var at = Enumerable.Range(0, Width).Select(_ => place.NextGaussian()).ToArray();
        var rows = new float[frames * Width];
        for (var frame = 0; frame < frames; frame++)
        {
            for (var i = 0; i < Width; i++)
            {
                at[i] += 0.1f * walk.NextGaussian();
                rows[(frame * Width) + i] = at[i];
            }
        }

        return new Clip(
            $"film-{film}",
            film,
            [.. Enumerable.Range(0, frames).Select(i => i * 0.2)],
            Clip.Unit(rows, Width),
            new float[2 * frames],
            first
        );
    }

    /// <summary>One clip after another, as one film.</summary>
    public static Clip Joined(int film, int first, params Clip[] parts) =>
        new(
            $"film-{film}",
            film,
            [.. Enumerable.Range(0, parts.Sum(part => part.Count)).Select(i => i * 0.2)],
            [.. parts.SelectMany(part => part.Rows)],
            [.. parts.SelectMany(part => part.Positions)],
            first
        );
}
