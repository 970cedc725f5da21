using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Tsne;

namespace OrleansAtlas.Maps.Quality;

/// <summary>How true a map is to the vectors it was made from.</summary>
/// <param name="Trustworthiness">1 where no frame has map neighbours that are not near it in truth (Venna and Kaski 2001); as
/// scikit-learn's.</param>
/// <param name="Continuity">The same with the spaces exchanged: 1 where no true neighbours are far apart on the map.</param>
/// <param name="NeighboursKept">Mean share of the k true neighbours that are among the k on the map, 0 to 1.</param>
/// <param name="LogRatioCorrelation">Spearman's rank correlation, -1 to 1, of log(|a-b|^2 / |b-c|^2) in truth and on the map, over random
/// triplets.</param>
/// <param name="Neighbours">The k used: 10, or fewer on very small maps.</param>
/// <param name="FramesMeasured">How many frames' neighbours were looked at.</param>
/// <param name="Trust">For each frame, the share of its true neighbours that are map neighbours; NaN where it was not measured.</param>
public sealed record MapQuality(
    double Trustworthiness,
    double Continuity,
    double NeighboursKept,
    double LogRatioCorrelation,
    int Neighbours,
    int FramesMeasured,
    float[] Trust
)
{
    /// <summary>Up to this many frames every one is measured; of more, a random sample of half as many, always the same one; neighbours and
    /// ranks are among all frames.</summary>
    public const int ExactUpTo = 4000;

    private const int Triplets = 10_000;
    private const int Block = 8;

    /// <param name="truth">Vectors <c>[n, width]</c>.</param>
    /// <param name="map">Positions <c>[n, 2]</c>.</param>
    /// <param name="width">Numbers a vector has.</param>
    /// <param name="cancellationToken">Looked at every few frames.</param>
    /// <param name="exactUpTo">See <see cref="ExactUpTo"/>.</param>
    /// <param name="chosen">Frames to be measured instead, by their numbers.</param>
    public static MapQuality Measure(
        ReadOnlyMemory<float> truth,
        ReadOnlyMemory<float> map,
        int width,
        CancellationToken cancellationToken,
        int exactUpTo = ExactUpTo,
        int[]? chosen = null
    )
    {
        var frames = map.Length / 2;
        if (truth.Length != (long)frames * width)
        {
            throw new ArgumentException($"{truth.Length} numbers are not {width} for each of {frames} positions.", nameof(truth));
        }

        var k = Math.Min(10, (frames - 1) / 2);
        var trust = new float[frames];
        Array.Fill(trust, float.NaN);
        if (k < 1)
        {
            return new MapQuality(1, 1, 1, 1, 0, 0, trust);
        }

        var queries = chosen ?? Sample(frames, exactUpTo);
        var found = new Neighbourhood[queries.Length];
        Parallel.For(
            0,
            (queries.Length + Block - 1) / Block,
            new ParallelOptions { CancellationToken = cancellationToken },
            block =>
            {
                var first = block * Block;
                Look(truth.Span, map.Span, width, queries.AsSpan(first, Math.Min(Block, queries.Length - first)), k, found.AsSpan(first));
            }
        );

        var (shared, intruders, missing) = (0L, 0L, 0L);
        for (var i = 0; i < queries.Length; i++)
        {
            trust[queries[i]] = (float)found[i].Shared / k;
            (shared, intruders, missing) = (shared + found[i].Shared, intruders + found[i].Intruders, missing + found[i].Missing);
        }

        var worst = queries.Length * (double)k * ((2.0 * frames) - (3 * k) - 1) / 2;
        return new MapQuality(
            1 - (intruders / worst),
            1 - (missing / worst),
            (double)shared / queries.Length / k,
            RankCorrelation(truth.Span, map.Span, width, frames),
            k,
            queries.Length,
            trust
        );
    }

    private static int[] Sample(int frames, int exactUpTo)
    {
        var all = Enumerable.Range(0, frames).ToArray();
        if (frames <= exactUpTo)
        {
            return all;
        }

        new Xoshiro256(frames).Shuffle(all);
        return [.. all.Take(exactUpTo / 2).Order()];
    }

    /// <summary>A few frames at a time, so that a pass over all vectors serves them all.</summary>
    private static void Look(
        ReadOnlySpan<float> truth,
        ReadOnlySpan<float> map,
        int width,
        ReadOnlySpan<int> queries,
        int k,
        Span<Neighbourhood> found
    )
    {
        var frames = map.Length / 2;
        var distances = new float[queries.Length][];
        for (var q = 0; q < queries.Length; q++)
        {
            distances[q] = new float[frames];
        }

        for (var j = 0; j < frames; j++)
        {
            for (var q = 0; q < queries.Length; q++)
            {
                distances[q][j] = Distance.Squared(truth.Slice(queries[q] * width, width), truth.Slice(j * width, width));
            }
        }

        var onMap = new float[frames];
        for (var q = 0; q < queries.Length; q++)
        {
            for (var j = 0; j < frames; j++)
            {
                onMap[j] = Distance.Squared(map.Slice(2 * queries[q], 2), map.Slice(2 * j, 2));
            }

            found[q] = Neighbourhood.Of(queries[q], distances[q], onMap, k);
        }
    }

    private static double RankCorrelation(ReadOnlySpan<float> truth, ReadOnlySpan<float> map, int width, int frames)
    {
        var random = new Xoshiro256(frames);
        var (x, y) = (new float[Triplets], new float[Triplets]);
        for (var t = 0; t < Triplets; t++)
        {
            var (a, b, c) = (random.Next(frames), random.Next(frames), random.Next(frames));
            x[t] = Ratio(truth, width, a, b, c);
            y[t] = Ratio(map, 2, a, b, c);
        }

        var (ranksX, ranksY) = (Ranks(x), Ranks(y));
        var (middle, product, squareX, squareY) = ((Triplets - 1) / 2.0, 0.0, 0.0, 0.0);
        for (var t = 0; t < Triplets; t++)
        {
            var (dx, dy) = (ranksX[t] - middle, ranksY[t] - middle);
            (product, squareX, squareY) = (product + (dx * dy), squareX + (dx * dx), squareY + (dy * dy));
        }

        return squareX > 0 && squareY > 0 ? product / Math.Sqrt(squareX * squareY) : 0;
    }

    // A tiny addition keeps the ratio defined where frames repeat.
    private static float Ratio(ReadOnlySpan<float> rows, int width, int a, int b, int c) =>
        MathF.Log(
            (1e-12f + Distance.Squared(rows.Slice(a * width, width), rows.Slice(b * width, width)))
                / (1e-12f + Distance.Squared(rows.Slice(b * width, width), rows.Slice(c * width, width)))
        );

    /// <summary>Equal values share the mean of their ranks.</summary>
    private static double[] Ranks(float[] values)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort((float[])values.Clone(), order);
        var ranks = new double[values.Length];
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && values[order[end]] == values[order[start]]; end++) { }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end - 1) / 2.0;
            }
        }

        return ranks;
    }
}
