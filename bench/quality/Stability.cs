using System.Globalization;
using OrleansAtlas.Maps;
using OrleansAtlas.Reduction.Autoencoder;

namespace OrleansAtlas.Bench;

/// <summary>A fifth of the films (of few films: of the frames) comes later and the map is trained again: how far the old frames move, after
/// the alignment, in
/// units of the old map's deviation; beginning with the old places, and afresh.</summary>
internal static class Stability
{
    public const string Heading = """
        | collection | trained again | mean displacement | moved less than 0.5 | trustworthiness | neighbours kept |
        |---|---|---|---|---|---|
        """;

    public static IEnumerable<string> Lines(Export export)
    {
        int[] frames = [.. Enumerable.Range(0, export.Frames).Where(i => (export.Films < 20 ? i : export.FilmOf[i]) % 5 != 2)];
        var before = Ours.Train(export.Only(frames), TrainingOptions.Best, 1);
        var old = before.Encode(export.Rows);
        foreach (var (name, start) in new[] { ("from the old places", old), ("afresh", []) })
        {
            var runs = Enumerable
                .Range(1, 3)
                .Select(seed => Of(export, frames, old, Ours.Train(export, TrainingOptions.Best, seed + 1, start).Encode(export.Rows)))
                .ToList();
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| {export.Name} ({frames.Length} of {export.Frames} before) | {name} | {runs.Average(r => r.Mean):0.00} | "
                    + $"{runs.Average(r => r.Near):.00} | {runs.Average(r => r.Figures.Trustworthiness):.000} | "
                    + $"{runs.Average(r => r.Figures.Kept):.000} |"
            );
        }
    }

    private static (double Mean, double Near, Figures Figures) Of(Export export, int[] frames, float[] old, float[] codes)
    {
        float[] Common(float[] all) => [.. frames.SelectMany(i => all[(2 * i)..((2 * i) + 2)])];
        var (were, are) = (Common(old), Common(codes));
        are = Stretch.Fit(are, 0, 0, Alignment.Of(are, were)).Align(are);
        var deviation = Math.Sqrt(were.Average(value => (double)value * value));
        var moved = Enumerable
            .Range(0, frames.Length)
            .Select(i => double.Hypot(are[2 * i] - were[2 * i], are[(2 * i) + 1] - were[(2 * i) + 1]) / deviation)
            .ToList();
        return (moved.Average(), moved.Count(distance => distance < 0.5) / (double)moved.Count, Figures.Of(export, codes));
    }
}
