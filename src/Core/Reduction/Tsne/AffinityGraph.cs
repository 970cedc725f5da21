using System.Runtime.InteropServices;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Tsne;

/// <summary>How strongly each frame belongs with its nearest ones: the affinities of t-SNE (van der Maaten and Hinton 2008), among the 3 x
/// perplexity
/// nearest frames. Row i's entries are <c>Others[Starts[i]..Starts[i + 1]]</c> with as many weights; symmetric, the sum of all weights is
/// 1.</summary>
internal sealed record AffinityGraph(int[] Starts, int[] Others, float[] Weights)
{
    private const int Halvings = 50;

    public static AffinityGraph Of(ReadOnlyMemory<float> rows, int frames, double perplexity, CancellationToken cancellationToken)
    {
        var k = (int)Math.Min(frames - 1, Math.Ceiling(3 * perplexity));
        var others = new int[frames * k];
        var shares = new double[frames * k];
        var (width, all) = (rows.Length / frames, Enumerable.Range(0, frames).ToArray());
        var nearest = new NearestNeighbours(rows, width);
        Parallel.For(
            0,
            (frames + NearestNeighbours.Block - 1) / NearestNeighbours.Block,
            new ParallelOptions { CancellationToken = cancellationToken },
            block =>
            {
                var (from, count) = (
                    block * NearestNeighbours.Block,
                    Math.Min(NearestNeighbours.Block, frames - (block * NearestNeighbours.Block))
                );
                var distances = new float[count * k];
                nearest.Find(
                    rows.Span.Slice(from * width, count * width),
                    others.AsSpan(from * k, count * k),
                    distances,
                    all,
                    all.AsSpan(from, count)
                );
                for (var i = 0; i < count; i++)
                {
                    Share(distances.AsSpan(i * k, k), Math.Min(perplexity, k / 3.0), shares.AsSpan((from + i) * k, k));
                }
            }
        );
        return Symmetric(frames, k, others, shares);
    }

    /// <summary>A normal density whose width gives the shares the perplexity asked for, by halving.</summary>
    private static void Share(ReadOnlySpan<float> distances, double perplexity, Span<double> shares)
    {
        var (low, high, precision, target) = (0.0, double.PositiveInfinity, 1.0, Math.Log(Math.Max(1, perplexity)));
        for (var halving = 0; halving < Halvings; halving++)
        {
            var (sum, weighted) = (0.0, 0.0);
            for (var i = 0; i < distances.Length; i++)
            {
                double above = distances[i] - distances[0];
                shares[i] = Math.Exp(-precision * above);
                (sum, weighted) = (sum + shares[i], weighted + (shares[i] * above));
            }

            foreach (ref var share in shares)
            {
                share /= sum;
            }

            var entropy = Math.Log(sum) + (precision * weighted / sum);
            (low, high) = entropy > target ? (precision, high) : (low, precision);
            precision = double.IsPositiveInfinity(high) ? precision * 2 : (low + high) / 2;
        }
    }

    private static AffinityGraph Symmetric(int frames, int k, int[] others, double[] shares)
    {
        var keys = new long[2 * others.Length];
        var values = new double[keys.Length];
        for (var e = 0; e < others.Length; e++)
        {
            (keys[2 * e], keys[(2 * e) + 1]) = (((long)(e / k) * frames) + others[e], ((long)others[e] * frames) + (e / k));
            values[2 * e] = values[(2 * e) + 1] = shares[e] / (2.0 * frames);
        }

        Array.Sort(keys, values);
        var (starts, to, weights) = (new int[frames + 1], new List<int>(keys.Length), new List<float>(keys.Length));
        for (var e = 0; e < keys.Length; e++)
        {
            if (e > 0 && keys[e] == keys[e - 1])
            {
                CollectionsMarshal.AsSpan(weights)[^1] += (float)values[e];
                continue;
            }

            to.Add((int)(keys[e] % frames));
            weights.Add((float)values[e]);
            starts[(keys[e] / frames) + 1] = to.Count;
        }

        for (var i = 1; i <= frames; i++)
        {
            starts[i] = Math.Max(starts[i], starts[i - 1]);
        }

        return new AffinityGraph(starts, [.. to], [.. weights]);
    }
}
