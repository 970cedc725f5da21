using System.Numerics.Tensors;

namespace OrleansAtlas.Search.Copies;

/// <summary>The best run of two films whose pictures are put side by side, one for one: made of blocks of about three seconds, of each of
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

        var blocks = MovementAlignment.Blocks(count, step);
        AlignedRun? best = null;
        var (from, evidence, covariance, energyA, energyB) = (0, 0.0, 0.0, 0.0, 0.0);
        for (var block = 0; block < blocks; block++)
        {
            var (start, end) = ((int)((long)block * count / blocks), (int)((long)(block + 1) * count / blocks));
            if (evidence <= 0)
            {
                (from, evidence, covariance, energyA, energyB) = (start, 0, 0, 0, 0);
            }

            var (c, x, y) = Movement(a, b, width, start, end - start);
            (covariance, energyA, energyB) = (covariance + c, energyA + x, energyB + y);
            evidence += MovementAlignment.Evidence(c, x, y, end - start);
            if (evidence > (best?.Evidence ?? 0))
            {
                best = new AlignedRun(from, from, end - from, covariance / Math.Sqrt(energyA * energyB), evidence);
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
