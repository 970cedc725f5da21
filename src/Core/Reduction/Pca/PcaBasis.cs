using System.Numerics.Tensors;
using OrleansAtlas.Errors;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Pca;

// Why: docs/decisions/pca.md
/// <summary>The directions of largest variance, and how to see rows in them.</summary>
/// <param name="Mean"><c>[D]</c>, subtracted first.</param>
/// <param name="Components"><c>[k, D]</c>, orthonormal, by falling variance; the entry of largest magnitude in each is positive.</param>
/// <param name="ExplainedVariance"><c>[k]</c>; the divisor is n - 1.</param>
/// <param name="TotalVariance">Of all D directions together.</param>
public sealed record PcaBasis(double[] Mean, float[] Components, double[] ExplainedVariance, double TotalVariance)
{
    /// <summary>Components where there are enough rows and dimensions.</summary>
    public const int DefaultComponents = 256;

    internal const int FullUpTo = 512;

    /// <summary>Numbers a row has.</summary>
    public int Dimensions => Mean.Length;

    /// <summary>Numbers a reduced row has.</summary>
    public int Count => ExplainedVariance.Length;

    /// <summary>Each component's share of the total variance.</summary>
    public double[] ExplainedVarianceRatio => [.. ExplainedVariance.Select(variance => TotalVariance > 0 ? variance / TotalVariance : 0)];

    /// <summary>Share of the variance kept, 0 to 1.</summary>
    public double VarianceKept => ExplainedVarianceRatio.Sum();

    /// <summary>The one number that projections are divided by: the root of the mean variance a component.</summary>
    public double Scale => ExplainedVariance is [> 0, ..] ? Math.Sqrt(ExplainedVariance.Average()) : 1;

    /// <summary>Finds the top components: as many as asked, but fewer than rows, no more than dimensions, and none without variance;
    /// where there is no variance at all, as with one row, one component that everything projects to zero on.</summary>
    /// <exception cref="ArgumentException">No rows.</exception>
    public static PcaBasis From(PcaStatistics statistics, IMatrixProduct product, int components = DefaultComponents)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 1);
        if (statistics.Count < 1)
        {
            throw new ArgumentException($"PCA needs at least one frame, there are {statistics.Count}; add films.", nameof(statistics));
        }

        var dimensions = statistics.Dimensions;
        var wanted = (int)Math.Max(1, Math.Min(Math.Min(components, dimensions), statistics.Count - 1));
        var pairs =
            dimensions <= FullUpTo
                ? SymmetricEigen.Full(statistics.Scatter, dimensions, wanted)
                : SymmetricEigen.Top(statistics.Scatter, dimensions, wanted, product);

        // Below this a direction is rounding noise, as where frames repeat.
        var kept = Math.Max(1, pairs.Values.TakeWhile(value => value > (dimensions <= FullUpTo ? 1e-12 : 1e-8) * pairs.Values[0]).Count());
        var vectors = pairs.Vectors[..(kept * dimensions)];
        for (var i = 0; i < kept; i++)
        {
            var row = vectors.AsSpan(i * dimensions, dimensions);
            if (row[TensorPrimitives.IndexOfMaxMagnitude(row)] < 0)
            {
                TensorPrimitives.Negate(row, row);
            }
        }

        var divisor = Math.Max(1.0, statistics.Count - 1);
        var trace = Enumerable.Range(0, dimensions).Sum(i => statistics.Scatter[PcaStatistics.RowStart(i, dimensions) + i]);
        return new PcaBasis(
            statistics.Mean,
            vectors,
            [.. pairs.Values.Take(kept).Select(value => Math.Max(0, value) / divisor)],
            trace / divisor
        );
    }

    /// <summary>Rows <c>[n, D]</c> in the basis, divided by <see cref="Scale"/>: <c>[n, k]</c>.</summary>
    public float[] Project(ReadOnlySpan<float> rows, IMatrixProduct product)
    {
        if (rows.Length % Dimensions != 0)
        {
            throw new ArgumentException($"{rows.Length} numbers are no whole rows of {Dimensions}, which this basis takes.", nameof(rows));
        }

        const int Block = 2048;
        var count = rows.Length / Dimensions;
        var result = new float[count * Count];
        var centred = new float[Math.Min(count, Block) * Dimensions];
        for (var start = 0; start < count; start += Block)
        {
            var n = Math.Min(Block, count - start);
            for (var r = 0; r < n; r++)
            {
                var row = rows.Slice((start + r) * Dimensions, Dimensions);
                for (var i = 0; i < row.Length; i++)
                {
                    centred[(r * Dimensions) + i] = (float)(row[i] - Mean[i]);
                }
            }

            product.Multiply(
                centred.AsSpan(0, n * Dimensions),
                Components,
                result.AsSpan(start * Count, n * Count),
                n,
                Dimensions,
                Count,
                transposeRight: true
            );
        }

        TensorPrimitives.Multiply(result, (float)(1 / Scale), result);
        return result;
    }

    /// <inheritdoc cref="Project(ReadOnlySpan{float}, IMatrixProduct)"/>
    public float[] Project(ReadOnlySpan<Half> rows, IMatrixProduct product)
    {
        var single = new float[rows.Length];
        TensorPrimitives.ConvertToSingle(rows, single);
        return Project(single, product);
    }

    /// <summary>Total variance in the units of projections.</summary>
    public double RelativeVariance => TotalVariance / (Scale * Scale);

    /// <summary>Squared length of what of each row lies outside the basis, in the units of projections, <c>[n]</c>.</summary>
    /// <param name="rows"><c>[n, D]</c>.</param>
    /// <param name="reduced">Their projections <c>[n, k]</c>.</param>
    public float[] Outside(ReadOnlySpan<Half> rows, ReadOnlySpan<float> reduced)
    {
        var outside = new float[rows.Length / Dimensions];
        for (var i = 0; i < outside.Length; i++)
        {
            var row = rows.Slice(i * Dimensions, Dimensions);
            var squares = 0.0;
            for (var d = 0; d < row.Length; d++)
            {
                squares += ((double)row[d] - Mean[d]) * ((double)row[d] - Mean[d]);
            }

            outside[i] = (float)Math.Max(0, (squares / (Scale * Scale)) - TensorPrimitives.SumOfSquares(reduced.Slice(i * Count, Count)));
        }

        return outside;
    }

    /// <summary>As a .npy file of float64 <c>[2 + k, max(D, k + 3)]</c>: the mean; then D, k, the total variance and the explained
    /// variances; then
    /// the components; rows end in zeros.</summary>
    public byte[] ToBytes()
    {
        var width = Math.Max(Dimensions, Count + 3);
        var values = new double[(2 + Count) * width];
        Mean.CopyTo(values, 0);
        (values[width], values[width + 1], values[width + 2]) = (Dimensions, Count, TotalVariance);
        ExplainedVariance.CopyTo(values, width + 3);
        for (var i = 0; i < Count; i++)
        {
            TensorPrimitives.ConvertChecked(Components.AsSpan(i * Dimensions, Dimensions), values.AsSpan((2 + i) * width, Dimensions));
        }

        return Npy.ToBytes<double>(values, 2 + Count, width);
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="DamagedFileException">Not such a file.</exception>
    public static PcaBasis Parse(ReadOnlySpan<byte> file)
    {
        var array = Npy.Parse<double>(file);
        if (
            array.Shape is not [> 2, > 3]
            || array.Values[array.Shape[1] + 1] != array.Shape[0] - 2
            || !(array.Values[array.Shape[1]] >= 1 && array.Values[array.Shape[1]] <= array.Shape[1])
        )
        {
            throw new DamagedFileException($"An array of shape ({string.Join(", ", array.Shape)}) is no PCA basis.");
        }

        var (values, width, count) = (array.Values, array.Shape[1], array.Shape[0] - 2);
        var dimensions = (int)values[width];
        var components = new float[count * dimensions];
        for (var i = 0; i < count; i++)
        {
            TensorPrimitives.ConvertChecked<double, float>(
                values.AsSpan((2 + i) * width, dimensions),
                components.AsSpan(i * dimensions, dimensions)
            );
        }

        return new PcaBasis(values[..dimensions], components, values[(width + 3)..(width + 3 + count)], values[width + 2]);
    }
}
