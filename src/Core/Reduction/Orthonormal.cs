using System.Numerics.Tensors;

namespace OrleansAtlas.Reduction;

/// <summary>Gram-Schmidt, each row twice against all before it ("twice is enough": Giraud, Langou and Rozloznik, 2005).</summary>
internal static class Orthonormal
{
    /// <summary>Makes the rows <c>[count, length]</c> orthonormal in place; one that depends on those before it is replaced by a random one.</summary>
    public static void Rows(float[] rows, int count, int length)
    {
        var random = new RandomSource(count);
        for (var i = 0; i < count; i++)
        {
            var row = rows.AsSpan(i * length, length);
            Normalise(row);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < i; j++)
                {
                    var other = rows.AsSpan(j * length, length);
                    TensorPrimitives.MultiplyAdd(other, -TensorPrimitives.Dot<float>(row, other), row, row);
                }

                if (!(Normalise(row) > 1e-4f) && pass == 0)
                {
                    foreach (ref var value in row)
                    {
                        value = random.NextGaussian();
                    }

                    Normalise(row);
                    pass = -1;
                }
            }
        }
    }

    private static float Normalise(Span<float> row)
    {
        var norm = TensorPrimitives.Norm<float>(row);
        if (norm > 0)
        {
            TensorPrimitives.Divide(row, norm, row);
        }

        return norm;
    }
}
