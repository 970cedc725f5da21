using System.Numerics.Tensors;

namespace OrleansAtlas.Search.Copies;

/// <summary>The best run of two films whose pictures are put side by side, one for one: made of blocks of about two seconds, of each of
/// which the two films' means are taken away.</summary>
internal static class MovementRun
{
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

        return best;
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
