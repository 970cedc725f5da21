namespace OrleansAtlas.Numerics;

/// <summary>Matrix products in C# alone, on <see cref="MatrixKernel"/>: tiles of columns on as many threads as there are
/// processors, every sum in an order of its own, so the same bytes for any number of threads.</summary>
internal sealed class ManagedMatrixProduct : IMatrixProduct
{
    private readonly ParallelOptions _threads;

    /// <param name="threads">How many threads at most; -1 for as many as there are processors.</param>
    public ManagedMatrixProduct(int threads = -1) => _threads = new ParallelOptions { MaxDegreeOfParallelism = threads };

    /// <inheritdoc/>
    public unsafe void Multiply(
        ReadOnlySpan<float> left,
        ReadOnlySpan<float> right,
        Span<float> result,
        int n,
        int k,
        int m,
        bool transposeLeft = false,
        bool transposeRight = false
    )
    {
        Check(left.Length, n, k, nameof(left));
        Check(right.Length, k, m, nameof(right));
        Check(result.Length, n, m, nameof(result));
        if (k == 0)
        {
            result[..(n * m)].Clear();
            return;
        }

        var (aRow, aStep) = transposeLeft ? (1, n) : (k, 1);
        var (bStep, bColumn) = transposeRight ? (1, k) : (m, 1);
        fixed (
            float* a = left,
                b = right,
                c = result
        )
        {
            var (aa, bb, cc) = ((nint)a, (nint)b, (nint)c);
            var tiles = (m + MatrixKernel.Wide - 1) / MatrixKernel.Wide;
            Parallel.For(
                0,
                tiles,
                _threads,
                tile =>
                {
                    var column = tile * MatrixKernel.Wide;
                    MatrixKernel.Multiply(
                        (float*)aa,
                        aRow,
                        aStep,
                        (float*)bb + ((nint)column * bColumn),
                        bStep,
                        bColumn,
                        (float*)cc + column,
                        m,
                        m - column,
                        n,
                        k,
                        Math.Min(MatrixKernel.Wide, m - column)
                    );
                }
            );
        }
    }

    private static void Check(int length, int rows, int columns, string name)
    {
        if (rows < 0 || columns < 0 || length < (long)rows * columns)
        {
            throw new ArgumentException($"The matrix '{name}' has {length} elements; {rows} x {columns} are needed.", name);
        }
    }
}
