using System.Globalization;
using OrleansAtlas.Maps;
using OrleansAtlas.Maps.Quality;
using OrleansAtlas.Numerics;
using OrleansAtlas.Onnx;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Reduction.Pca;

namespace OrleansAtlas.Bench;

/// <summary>Some films (of photos: classes) come after the training: what the map says of them, and what training again brings. PCA
/// knows the frames of the training only, as in the product.</summary>
internal static class Later
{
    public const string Heading = """
        | collection | later | share of frames | drift | kept before | kept by newer | lost | brought back by training | says |
        |---|---|---|---|---|---|---|---|---|
        """;

    public static IEnumerable<string> Lines(Export export)
    {
        var kept = Reduced(export, export.Descriptors(), [.. Enumerable.Range(0, export.Frames)]) is var (all, _, _)
            ? MapQuality.Measure(all.Rows, Places(all, all), all.Width, CancellationToken.None).NeighboursKept
            : 0;
        string[] groups = [.. export.Groups.Distinct()];
        foreach (var (share, seed) in ((double, long)[])[(0.5, 1), (0.5, 2), (0.25, 1), (0.25, 2), (0.1, 1), (0.1, 2)])
        {
            var order = Enumerable.Range(0, groups.Length).ToArray();
            new Xoshiro256(seed).Shuffle(order);
            var later = order.Take((int)Math.Round(share * groups.Length)).Select(i => groups[i]).ToHashSet();
            yield return Line(export, $"{share:P0} of the films".Replace(" %", "%"), i => later.Contains(export.Groups[i]), kept);
        }

        yield return Line(export, "every second frame", i => i % 2 == 1, kept);
        yield return Line(export, "every tenth frame", i => i % 10 == 3, kept);
    }

    private static string Line(Export export, string what, Func<int, bool> isLater, double keptByTraining)
    {
        int[] old = [.. Enumerable.Range(0, export.Frames).Where(i => !isLater(i))];
        int[] added = [.. Enumerable.Range(0, export.Frames).Where(isLater)];
        var (reduced, outside, variance) = Reduced(export, export.Descriptors(), old);
        var training = reduced.Only(old);
        var code = Ours.Train(training, TrainingOptions.Best, 1);
        var places = Stretch.Fit(code.Encode(training.Rows)).Apply(code.Encode(reduced.Rows));
        var quality = MapQuality.Measure(reduced.Rows, places, reduced.Width, CancellationToken.None);
        bool[] known = [.. Enumerable.Range(0, export.Frames).Select(i => !isLater(i))];
        var newcomers = NewcomersMeasure.Of(reduced.Rows, places, reduced.Width, known, quality.NeighboursKept, 1, default)!;
        var drift = code.Drift(reduced.Only(added).Rows, [.. added.Select(i => outside[i])], variance);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {export.Name} ({export.Frames}) | {what} | {(double)added.Length / export.Frames:.00} | {drift:0.00} | "
                + $"{newcomers.KeptBefore:.000} | {newcomers.NeighboursKept:.000} | {newcomers.Lost:.000} | "
                + $"{keptByTraining - quality.NeighboursKept:.000} | {(newcomers.Lost > Newcomers.MostLost ? "train" : "-")} |"
        );
    }

    private static float[] Places(Export training, Export placed)
    {
        var code = Ours.Train(training, TrainingOptions.Best, 1);
        return Stretch.Fit(code.Encode(training.Rows)).Apply(code.Encode(placed.Rows));
    }

    private static (Export Reduced, float[] Outside, double Variance) Reduced(Export export, Half[] descriptors, int[] training)
    {
        using var product = new OnnxMatrixProduct();
        var width = descriptors.Length / export.Frames;
        var gatherer = new PcaAccumulator(width, product);
        foreach (var i in training)
        {
            gatherer.Add(descriptors.AsSpan(i * width, width));
        }

        var basis = PcaBasis.From(gatherer.Finish(), product);
        var rows = basis.Project(descriptors, product);
        return (export with { Rows = rows, Width = basis.Count }, basis.Outside(descriptors, rows), basis.RelativeVariance);
    }
}
