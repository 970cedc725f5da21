using System.Numerics.Tensors;

namespace OrleansAtlas.Search.Copies;

/// <summary>The best run of two films whose pictures are put side by side, one for one: made of blocks of about two seconds, of each of
/// which the two films' means are taken away.</summary>
internal static class MovementRun
{
    // How far ends are looked for from those of the blocks, and how alike what they add must be.
    private const double EdgeSeconds = 2.5;
    private const double Sure = 0.8;

    /// <summary>Finds the run with the most evidence; null where nothing moves or nothing is alike.</summary>
    /// <param name="a">Looks of the first film, <c>[n, width]</c>.</param>
    /// <param name="b">Looks of the second at the same moments.</param>
    /// <param name="width">Numbers in a look.</param>
    /// <param name="step">Seconds between two.</param>
    public static AlignedRun? Best(float[] a, float[] b, int width, double step)
    {
        var count = Math.Min(a.Length, b.Length) / width;
        if (count < MovementAlignment.LeastSteps)
        {
            return null;
        }

        AlignedRun? best = null;
        for (var phase = 0; phase < MovementAlignment.Phases; phase++)
        {
            var sum = new RunSum();
            foreach (var (start, end) in MovementAlignment.Blocks(count, step, phase))
            {
                sum.Add(start, end, Movement(a, b, width, start, end - start));
                best = sum.Better(best, 0, 0);
            }
        }

        return best is { } run ? Edged(a, b, width, step, run) : null;
    }

    /// <summary>The run with its ends where the two begin and cease to show the same, which is seldom where blocks do.</summary>
    private static AlignedRun Edged(float[] a, float[] b, int width, double step, AlignedRun run)
    {
        var (count, most) = (Math.Min(a.Length, b.Length) / width, Math.Max(MovementAlignment.LeastSteps, (int)(EdgeSeconds / step)));
        var (from, end) = (run.FirstA, run.FirstA + run.Count);
        end = Best(from: Math.Max(from, end - most), Enumerable.Range(end - most, 2 * most).Where(to => to <= count), ends: true);
        from = Best(from: Math.Min(end, from + most), Enumerable.Range(from - most, 2 * most).Where(to => to >= 0), ends: false);
        var sum = new RunSum();
        foreach (var (start, to) in MovementAlignment.Blocks(end - from, step, 0))
        {
            sum.Add(start, to, Movement(a, b, width, from + start, to - start));
        }

        return sum.Better(null, from, from) is { } edged && edged.Count == end - from ? edged : run;

        int Best(int from, IEnumerable<int> edges, bool ends)
        {
            var (best, gain) = (ends ? run.FirstA + run.Count : run.FirstA, 0.0);
            foreach (var edge in edges)
            {
                var (first, steps) = ends ? (from, edge - from) : (edge, from - edge);
                if (steps >= MovementAlignment.LeastSteps && Movement(a, b, width, first, steps) is { EnergyA: > 0, EnergyB: > 0 } moved)
                {
                    var now = steps * ((moved.Covariance / Math.Sqrt(moved.EnergyA * moved.EnergyB)) - Sure);
                    (best, gain) = now > gain ? (edge, now) : (best, gain);
                }
            }

            return best;
        }
    }

    private static (double Covariance, double EnergyA, double EnergyB) Movement(float[] a, float[] b, int width, int first, int count)
    {
        var (meanA, meanB) = (new float[width], new float[width]);
        var (covariance, energyA, energyB) = (0.0, 0.0, 0.0);
        for (var i = first; i < first + count; i++)
        {
            var x = a.AsSpan(i * width, width);
            var y = b.AsSpan(i * width, width);
            TensorPrimitives.Add(meanA, x, meanA);
            TensorPrimitives.Add(meanB, y, meanB);
            covariance += TensorPrimitives.Dot<float>(x, y);
            energyA += TensorPrimitives.Dot<float>(x, x);
            energyB += TensorPrimitives.Dot<float>(y, y);
        }

        covariance -= TensorPrimitives.Dot<float>(meanA, meanB) / count;
        energyA -= TensorPrimitives.Dot<float>(meanA, meanA) / count;
        energyB -= TensorPrimitives.Dot<float>(meanB, meanB) / count;
        var least = MovementAlignment.Noise * MovementAlignment.Noise * count * width;
        return energyA < least || energyB < least ? (0, 0, 0) : (covariance, energyA, energyB);
    }
}
