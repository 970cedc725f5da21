using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Pca;

/// <summary>Eigenvalues of symmetric matrices: small ones whole, of large ones the top.</summary>
internal static class SymmetricEigen
{
    private const int MaximumRounds = 60;

    /// <summary>By MathNet's full decomposition of a packed upper triangle.</summary>
    public static EigenPairs Full(double[] triangle, int dimensions, int wanted)
    {
        var matrix = Matrix<double>.Build.Dense(
            dimensions,
            dimensions,
            (i, j) => triangle[PcaStatistics.RowStart(Math.Min(i, j), dimensions) + Math.Max(i, j)]
        );
        var (values, vectors) = Decompose(matrix);
        var rows = new float[wanted * dimensions];
        TensorPrimitives.ConvertTruncating<double, float>(vectors.AsSpan(0, rows.Length), rows);
        return new EigenPairs(values[..wanted], rows);
    }

    /// <summary>By subspace iteration with Rayleigh-Ritz steps (Halko, Martinsson and Tropp 2011; Saad, Numerical Methods for Large
    /// Eigenvalue Problems,
    /// chapter 5), each round filtered by a Chebyshev polynomial that grows only above the smallest Ritz value.</summary>
    /// <remarks>The products are float32: their error is about 1e-8 of the largest eigenvalue, since the rounding of D x D entries is
    /// random and
    /// averages out, and eigenvalues are off only by the square of their vectors' error. Vectors are columns, so that the matrix is the
    /// left side of its
    /// products and may be cut into blocks of rows.</remarks>
    public static EigenPairs Top(double[] triangle, int dimensions, int wanted, IMatrixProduct product)
    {
        var size = Math.Min(dimensions, wanted + Math.Max(16, wanted / 3));
        var matrix = Unpack(triangle, dimensions);
        var basis = new float[dimensions * size];
        var random = new Xoshiro256(size);
        foreach (ref var value in basis.AsSpan())
        {
            value = random.NextGaussian();
        }

        // Such arrays are too big to be made anew each round: garbage of their size waits long to be collected.
        var (image, one, other) = (new float[basis.Length], new float[basis.Length], new float[basis.Length]);
        for (var round = 0; ; round++)
        {
            CholeskyQr.Columns(basis, one, dimensions, size, product);
            product.Multiply(matrix, basis, image, dimensions, dimensions, size);
            var values = Rotate(basis, image, one, other, size, dimensions, product);
            (basis, image, one, other) = (one, other, basis, image);
            if (round == MaximumRounds || Converged(basis, image, values, wanted, size))
            {
                return new EigenPairs(values[..wanted], Rows(basis, wanted, size));
            }

            (basis, one, other) = Filter(matrix, basis, one, other, image, values, wanted, size, dimensions, product);
        }
    }

    private static float[] Unpack(double[] triangle, int dimensions)
    {
        const int Tile = 64;
        var matrix = new float[dimensions * dimensions];
        var tiles = (dimensions + Tile - 1) / Tile;
        Parallel.For(
            0,
            tiles,
            top =>
            {
                for (var i = top * Tile; i < Math.Min(dimensions, (top + 1) * Tile); i++)
                {
                    var start = PcaStatistics.RowStart(i, dimensions);
                    TensorPrimitives.ConvertTruncating<double, float>(
                        triangle.AsSpan(start + i, dimensions - i),
                        matrix.AsSpan((i * dimensions) + i)
                    );
                }
            }
        );

        // Tile by tile, for a column of a large matrix is one cache line a number.
        Parallel.For(
            0,
            tiles,
            top =>
            {
                for (var left = 0; left <= top; left++)
                {
                    for (var i = top * Tile; i < Math.Min(dimensions, (top + 1) * Tile); i++)
                    {
                        for (var j = left * Tile; j < Math.Min(i, (left + 1) * Tile); j++)
                        {
                            matrix[(i * dimensions) + j] = matrix[(j * dimensions) + i];
                        }
                    }
                }
            }
        );
        return matrix;
    }

    /// <summary>The Rayleigh-Ritz step: turns basis and image so that the matrix seen in the basis is diagonal.</summary>
    private static double[] Rotate(
        float[] basis,
        float[] image,
        float[] turned,
        float[] turnedImage,
        int size,
        int dimensions,
        IMatrixProduct product
    )
    {
        var small = new float[size * size];
        product.Multiply(basis, image, small, size, dimensions, size, transposeLeft: true);
        var (values, vectors) = Decompose(
            Matrix<double>.Build.Dense(size, size, (i, j) => 0.5 * ((double)small[(i * size) + j] + small[(j * size) + i]))
        );
        TensorPrimitives.ConvertTruncating<double, float>(vectors, small);
        product.Multiply(basis, small, turned, dimensions, size, size, transposeRight: true);
        product.Multiply(image, small, turnedImage, dimensions, size, size, transposeRight: true);
        return values;
    }

    /// <summary>Whether every <c>|A v - value v|</c> of the wanted pairs is under 5e-6 of its value, so that an eigenvector with a gap of
    /// 1% around it is
    /// off by 5e-4 at most; or under 2e-8 of the largest value, which is what float32 can tell.</summary>
    private static bool Converged(float[] basis, float[] image, double[] values, int wanted, int size)
    {
        var squares = new double[wanted];
        for (var row = 0; row < basis.Length; row += size)
        {
            for (var i = 0; i < wanted; i++)
            {
                var difference = image[row + i] - (values[i] * basis[row + i]);
                squares[i] += difference * difference;
            }
        }

        return squares.Zip(values).All(pair => Math.Sqrt(pair.First) <= Math.Max(5e-6 * pair.Second, 2e-8 * values[0]));
    }

    /// <summary>The first columns of <c>[n, size]</c> as rows.</summary>
    private static float[] Rows(float[] columns, int wanted, int size)
    {
        var length = columns.Length / size;
        var rows = new float[wanted * length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = columns[(i % length * size) + (i / length)];
        }

        return rows;
    }

    /// <summary>Applies the Chebyshev polynomial of the interval from 0 to the smallest Ritz value. Its degree is as high as float32
    /// allows: the largest
    /// eigenvector must not drown the least wanted one.</summary>
    /// <returns>The filtered basis, and the two arrays that are free now.</returns>
    private static (float[] Filtered, float[] One, float[] Other) Filter(
        float[] matrix,
        float[] before,
        float[] now,
        float[] next,
        float[] image,
        double[] values,
        int wanted,
        int size,
        int dimensions,
        IMatrixProduct product
    )
    {
        var bound = Math.Max(values[size - 1], 1e-5 * values[0]);
        double Growth(double value, int degree) => Math.Cosh(degree * Math.Acosh(Math.Max(1, (2 * value / bound) - 1)));
        var degree = Enumerable.Range(1, 8).Last(d => d == 1 || Growth(values[0], d) / Growth(values[wanted - 1], d) < 1e5);
        var factor = (float)(2 / bound);
        Step(image, before, factor, now);
        for (var d = 2; d <= degree; d++)
        {
            product.Multiply(matrix, now, image, dimensions, dimensions, size);
            Step(image, now, factor, next);
            TensorPrimitives.Multiply(next, 2, next);
            TensorPrimitives.Subtract(next, before, next);
            (before, now, next) = (now, next, before);
        }

        return (now, before, next);
    }

    /// <summary><c>factor * image - vector</c>.</summary>
    private static void Step(float[] image, float[] vector, float factor, float[] to)
    {
        TensorPrimitives.Multiply(image, factor, to);
        TensorPrimitives.Subtract(to, vector, to);
    }

    /// <summary>Eigenvalues falling, and their vectors as rows.</summary>
    private static (double[] Values, double[] Vectors) Decompose(Matrix<double> matrix)
    {
        var evd = matrix.Evd(Symmetricity.Symmetric);
        var size = matrix.RowCount;
        var values = evd.EigenValues.Select(value => value.Real).Reverse().ToArray();
        var columns = evd.EigenVectors.ToColumnMajorArray();
        var rows = new double[columns.Length];
        for (var i = 0; i < size; i++)
        {
            columns.AsSpan((size - 1 - i) * size, size).CopyTo(rows.AsSpan(i * size));
        }

        return (values, rows);
    }
}
