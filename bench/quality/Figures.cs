using OrleansAtlas.Maps;
using OrleansAtlas.Maps.Quality;

namespace OrleansAtlas.Bench;

/// <summary>What one layout is worth.</summary>
internal sealed record Figures(double Trustworthiness, double Kept, double Nearest, double Correlation, double Coverage)
{
    private const int Neighbours = 10;

    public static Figures Of(Export export, float[] positions)
    {
        var quality = MapQuality.Measure(export.Rows, positions, export.Width, CancellationToken.None);
        var same = Enumerable
            .Range(0, export.Frames)
            .Count(i => export.Classes[Near(positions, 2, positions.AsSpan(2 * i, 2), 1, i)[0]] == export.Classes[i]);
        return new Figures(
            quality.Trustworthiness,
            quality.NeighboursKept,
            (double)same / export.Frames,
            quality.LogRatioCorrelation,
            PlacementCoverage.Of(positions)
        );
    }

    /// <summary>Of frames that were not in training: share of their true neighbours among the training frames that are neighbours on the
    /// map.</summary>
    public static double HeldOut(Export training, float[] trainingPositions, Export held, float[] heldPositions)
    {
        var kept = 0;
        for (var i = 0; i < held.Frames; i++)
        {
            var truth = Near(training.Rows, training.Width, held.Rows.AsSpan(i * held.Width, held.Width), Neighbours, -1);
            kept += truth.Intersect(Near(trainingPositions, 2, heldPositions.AsSpan(2 * i, 2), Neighbours, -1)).Count();
        }

        return (double)kept / held.Frames / Neighbours;
    }

    public static Figures Mean(IReadOnlyCollection<Figures> all) =>
        new(
            all.Average(f => f.Trustworthiness),
            all.Average(f => f.Kept),
            all.Average(f => f.Nearest),
            all.Average(f => f.Correlation),
            all.Average(f => f.Coverage)
        );

    private static int[] Near(float[] rows, int width, Span<float> to, int count, int self)
    {
        var distances = new float[rows.Length / width];
        for (var j = 0; j < distances.Length; j++)
        {
            for (var d = 0; d < width; d++)
            {
                var difference = rows[(j * width) + d] - to[d];
                distances[j] += difference * difference;
            }
        }

        return [.. Enumerable.Range(0, distances.Length).Where(j => j != self).OrderBy(j => distances[j]).Take(count)];
    }
}
