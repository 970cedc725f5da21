using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests;

/// <summary>Vectors to train on: films that each wander about a place of their own, variance falling over the components as PCA leaves
/// it.</summary>
internal static class FilmWalks
{
    public const int Width = 32;

    private const int Films = 12;
    private const int FramesPerFilm = 40;

    /// <summary>The film of each row.</summary>
    public static int[] FilmOf { get; } = [.. Enumerable.Range(0, Films * FramesPerFilm).Select(i => i / FramesPerFilm)];

    /// <summary>One row of <see cref="Width"/> numbers a frame.</summary>
    public static float[] Rows { get; } = Walk();

    private static float[] Walk()
    {
        var random = new Xoshiro256(5);
        var rows = new float[FilmOf.Length * Width];
        for (var i = 0; i < rows.Length; i++)
        {
            var (frame, column) = (i / Width, i % Width);
            var spread = 2.5f * MathF.Pow(1 + column, -0.7f);
            rows[i] =
                frame % FramesPerFilm == 0 ? spread * random.NextGaussian() : rows[i - Width] + (0.08f * spread * random.NextGaussian());
        }

        return rows;
    }
}
