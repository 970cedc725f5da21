using System.Diagnostics;
using OrleansAtlas.Maps;
using OrleansAtlas.Reduction.Autoencoder;

namespace OrleansAtlas.Bench;

/// <summary>Both presets, the article's also without its third term and with the published form; means of three seeds: the codes, and the
/// positions people see.</summary>
internal static class Ours
{
    private const int Seeds = 3;
    private static readonly double[] Strengths = [Stretch.Usual, 1];
    private static readonly (string Name, TrainingOptions Options)[] Ways =
    [
        ("article without its term", TrainingOptions.Of(TrainingOptions.Article) with { Loss = PairLoss.None }),
        ("article as published", TrainingOptions.Of(TrainingOptions.Article) with { Loss = PairLoss.LogRatio }),
        ("article", TrainingOptions.Of(TrainingOptions.Article)),
        ("best", new TrainingOptions()),
    ];

    public static IEnumerable<string> Lines(Export export)
    {
        foreach (var (preset, options) in Ways)
        {
            var (codes, seconds) = (new List<float[]>(), 0.0);
            for (var seed = 1; seed <= Seeds; seed++)
            {
                var clock = Stopwatch.StartNew();
                codes.Add(Train(export, options, seed).Encode(export.Rows));
                seconds += clock.Elapsed.TotalSeconds / Seeds;
            }

            yield return Line.Of(
                export,
                $"{preset}, codes",
                Figures.Mean([.. codes.Select(code => Figures.Of(export, [.. code.Select(value => (value + 1) / 2)]))]),
                HeldOut(export, options, (i, _) => i % 10 == 3),
                export.Films < 20 || export.Films == export.Frames ? null : HeldOut(export, options, (_, film) => film % 8 == 3),
                seconds
            );
            foreach (var strength in Strengths.Where(_ => preset == options.Preset))
            {
                var map = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{preset}, map ({strength})");
                yield return Line.Of(
                    export,
                    map,
                    Figures.Mean([.. codes.Select(code => Figures.Of(export, Stretch.Fit(code, 0, strength).Apply(code)))]),
                    null,
                    null,
                    null
                );
            }
        }
    }

    /// <summary>The same of all frames alone, with two seeds: what takes minutes.</summary>
    public static IEnumerable<string> Brief(Export export)
    {
        foreach (var (preset, options) in Ways)
        {
            var clock = Stopwatch.StartNew();
            List<float[]> codes = [.. Enumerable.Range(1, 2).Select(seed => Train(export, options, seed).Encode(export.Rows))];
            yield return Line.Of(
                export,
                $"{preset}, codes",
                Figures.Mean([.. codes.Select(code => Figures.Of(export, [.. code.Select(value => (value + 1) / 2)]))]),
                null,
                null,
                clock.Elapsed.TotalSeconds / 2
            );
            yield return Line.Of(
                export,
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{preset}, map ({Stretch.Usual})"),
                Figures.Mean([.. codes.Select(code => Figures.Of(export, Stretch.Fit(code).Apply(code)))]),
                null,
                null,
                null
            );
        }
    }

    public static AutoencoderEmbedder Train(Export export, string preset, long seed, float[]? old = null) =>
        Train(export, TrainingOptions.Of(preset), seed, old);

    private static AutoencoderEmbedder Train(Export export, TrainingOptions options, long seed, float[]? old = null) =>
        new AutoencoderTrainer()
            .Train(new TrainingSet(export.Rows, export.FilmOf, old ?? []), options with { Seed = seed }, null, CancellationToken.None)
            .Code;

    /// <summary>Some frames are not in training: every tenth from the fourth, or every eighth film from the fourth.</summary>
    private static double HeldOut(Export export, TrainingOptions options, Func<int, int, bool> isHeld)
    {
        var all = Enumerable.Range(0, export.Frames).ToLookup(i => isHeld(i, export.FilmOf[i]));
        var (training, held) = (export.Only([.. all[false]]), export.Only([.. all[true]]));
        return Enumerable
            .Range(1, Seeds)
            .Average(seed =>
            {
                var code = Train(training, options, seed);
                return Figures.HeldOut(training, code.Encode(training.Rows), held, code.Encode(held.Rows));
            });
    }
}
