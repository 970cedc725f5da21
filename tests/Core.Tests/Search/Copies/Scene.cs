using OrleansAtlas.Numerics;
using OrleansAtlas.Search.Copies;
using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Tests;

/// <summary>A scene of a background and bright spots that move over it, which is filmed as small grey pictures.</summary>
internal sealed class Scene
{
    private const int Spots = 4;
    private readonly float[] _numbers;
    private readonly (int Across, int Down, float Phase)[] _waves;

    /// <summary>Makes a scene.</summary>
    /// <param name="seed">How the spots move.</param>
    /// <param name="background">What they move over.</param>
    public Scene(int seed, int background = 1)
    {
        var (spots, waves) = (new Xoshiro256(seed), new Xoshiro256(1000 + background));
        _numbers = [.. Enumerable.Range(0, 4 * Spots).Select(_ => spots.NextSingle())];
        _waves = [.. Enumerable.Range(0, 12).Select(_ => (waves.Next(7), waves.Next(7), 6.3f * waves.NextSingle()))];
    }

    /// <summary>Films it.</summary>
    /// <param name="from">When, in seconds.</param>
    /// <param name="seconds">How long the film is.</param>
    /// <param name="tempo">Seconds of the scene for a second of the film.</param>
    /// <param name="view">What of the scene is seen.</param>
    /// <param name="bars">Share of the height that is black, above and below together.</param>
    /// <param name="negative">Light and dark exchanged.</param>
    public Thumbnails Film(double from, double seconds, double tempo = 1, PictureView? view = null, double bars = 0, bool negative = false)
    {
        const int Side = Thumbnails.Side;
        var times = Enumerable.Range(0, (int)(seconds * 8)).Select(i => i / 8.0).ToArray();
        var grey = new byte[times.Length * Thumbnails.Size];
        for (var at = 0; at < grey.Length; at++)
        {
            var (frame, y, x) = (at / Thumbnails.Size, at / Side % Side, at % Side);
            var (u, v) = ((x + 0.5) / Side, (((y + 0.5) / Side) - (bars / 2)) / (1 - bars));
            var light = v is < 0 or > 1 ? 0 : At(view ?? PictureView.Whole, u, v, from + (times[frame] * tempo));
            grey[at] = (byte)(negative ? 255 - light : light);
        }

        return new Thumbnails(times, grey);
    }

    /// <summary>One film after another.</summary>
    public static Thumbnails Joined(params Thumbnails[] films) =>
        new([.. Enumerable.Range(0, films.Sum(film => film.Count)).Select(i => i / 8.0)], [.. films.SelectMany(film => film.Grey)]);

    private double At(PictureView view, double u, double v, double time)
    {
        (u, v) = view.Turn.HasFlag(PictureTurn.Transposed) ? (v, u) : (u, v);
        (u, v) = (u + (view.Lean.Across * (v - 0.5)), v + (view.Lean.Down * (u - 0.5)));
        u = view.Left + (view.Width * (view.Turn.HasFlag(PictureTurn.Mirrored) ? 1 - u : u));
        v = view.Top + (view.Height * (view.Turn.HasFlag(PictureTurn.Flipped) ? 1 - v : v));
        var light = 110 + _waves.Sum(wave => 10 * Math.Sin(wave.Phase + (3.1 * ((wave.Across * u) + (wave.Down * v)))));
        for (var spot = 0; spot < Spots; spot++)
        {
            var (a, b, c, d) = (_numbers[4 * spot], _numbers[(4 * spot) + 1], _numbers[(4 * spot) + 2], _numbers[(4 * spot) + 3]);
            var x = 0.5 + (0.4 * Math.Sin((6.3 * a) + ((0.7 + b) * time)));
            var y = 0.5 + (0.4 * Math.Sin((6.3 * c) + ((0.9 + d) * time)));
            light += 80 * Math.Exp(-(((u - x) * (u - x)) + ((v - y) * (v - y))) / 0.012);
        }

        return Math.Clamp(light, 0, 255);
    }
}
