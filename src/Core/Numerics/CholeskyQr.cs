using System.Numerics.Tensors;

namespace OrleansAtlas.Numerics;

/// <summary>Bases made orthonormal, column by column.</summary>
internal static class CholeskyQr
{
    // A pivot is what of a unit column is not in those before it, squared. Products of float32 know it to about 1e-7, which must be little
    // beside it.
    private const double LeastPivot = 1e-4;

    /// <summary>Makes the columns of <c>[length, count]</c> orthonormal in place; one that depends on those before it is replaced by a
    /// random one.</summary>
    /// <remarks>By Cholesky factors of the columns' products, twice (Yamamoto and others, 2015: "CholeskyQR2"), which is all big products;
    /// where columns nearly
    /// depend on each other, by Gram-Schmidt first.</remarks>
    public static void Columns(float[] columns, float[] scratch, int length, int count, IMatrixProduct product)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            if (!TryDivide(columns, scratch, length, count, product))
            {
                GramSchmidt(columns, length, count);
                return;
            }
        }
    }

    /// <summary>Divides by the Cholesky factor of the columns' products, where that can be told well.</summary>
    private static bool TryDivide(float[] columns, float[] scratch, int length, int count, IMatrixProduct product)
    {
        var products = new float[count * count];
        product.Multiply(columns, columns, products, count, length, count, transposeLeft: true);
        if (InverseFactor(products, count) is not { } inverse)
        {
            return false;
        }

        product.Multiply(columns, inverse, scratch, length, count, count);
        scratch.AsSpan(0, columns.Length).CopyTo(columns);
        return true;
    }

    /// <summary>The upper triangular <c>S</c> with <c>S^T G S = 1</c> for a positive definite <c>G</c>; null where that is nearly
    /// singular.</summary>
    private static float[]? InverseFactor(float[] products, int count)
    {
        var scale = new double[count];
        for (var i = 0; i < count; i++)
        {
            scale[i] = 1 / Math.Sqrt(products[(i * count) + i]);
        }

        // Row i of L, and of its inverse, follow from the rows before it.
        var (factor, inverse) = (new double[count * count], new double[count * count]);
        for (var i = 0; i < count; i++)
        {
            var row = factor.AsSpan(i * count, count);
            for (var j = 0; j < i; j++)
            {
                var other = factor.AsSpan(j * count, count);
                row[j] =
                    ((products[(i * count) + j] * scale[i] * scale[j]) - TensorPrimitives.Dot<double>(row[..j], other[..j])) / other[j];
            }

            var pivot = 1 - TensorPrimitives.SumOfSquares<double>(row[..i]);
            if (!(pivot > LeastPivot))
            {
                return null;
            }

            row[i] = Math.Sqrt(pivot);
            var solved = inverse.AsSpan(i * count, count);
            for (var j = 0; j < i; j++)
            {
                TensorPrimitives.MultiplyAdd(inverse.AsSpan(j * count, i), -row[j], solved[..i], solved[..i]);
            }

            solved[i] = 1;
            TensorPrimitives.Divide(solved[..(i + 1)], row[i], solved[..(i + 1)]);
        }

        var result = new float[count * count];
        for (var i = 0; i < count; i++)
        {
            for (var j = i; j < count; j++)
            {
                result[(i * count) + j] = (float)(inverse[(j * count) + i] * scale[i]);
            }
        }

        return result;
    }

    /// <summary>Each column twice against all before it ("twice is enough": Giraud, Langou and Rozloznik, 2005).</summary>
    private static void GramSchmidt(float[] columns, int length, int count)
    {
        var rows = Transpose(columns, length, count);
        var random = new Xoshiro256(count);
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

        Transpose(rows, count, length).CopyTo(columns, 0);
    }

    private static float[] Transpose(float[] matrix, int rows, int columns)
    {
        var turned = new float[matrix.Length];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                turned[(j * rows) + i] = matrix[(i * columns) + j];
            }
        }

        return turned;
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
