using MathNet.Numerics.LinearAlgebra;
using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Pca;

namespace OrleansAtlas.Tests.Reduction;

public sealed class PcaTests
{
    private static readonly IMatrixProduct Product = new ManagedMatrixProduct();

    [Fact]
    public void Agrees_with_scikit_learn()
    {
        var x = TestFiles.Reference<float>("pca/x.npy");
        var basis = PcaBasis.From(Gather(x.Values, x.Shape[1]), Product, 32);
        Close(TestFiles.Reference<float>("pca/mean.npy").Values, [.. basis.Mean.Select(value => (float)value)]);
        Close(TestFiles.Reference<float>("pca/explained_variance.npy").Values, [.. basis.ExplainedVariance.Select(value => (float)value)]);
        Close(
            TestFiles.Reference<float>("pca/explained_variance_ratio.npy").Values,
            [.. basis.ExplainedVarianceRatio.Select(value => (float)value)]
        );
        Close(TestFiles.Reference<float>("pca/components.npy").Values, basis.Components);
        Close(
            TestFiles.Reference<float>("pca/projected.npy").Values,
            [.. basis.Project(x.Values, Product).Select(value => (float)(value * basis.Scale))]
        );
    }

    [Fact]
    public void Finds_the_top_of_a_large_spectrum_as_a_full_decomposition_does()
    {
        const int Rows = 1000,
            Dimensions = 600,
            Wanted = 64;
        var x = LowRank(Rows, Dimensions, 90);
        var statistics = Gather(x, Dimensions);
        var basis = PcaBasis.From(statistics, Product, Wanted);
        var full = Matrix<double>
            .Build.Dense(
                Dimensions,
                Dimensions,
                (i, j) => statistics.Scatter[(int)((long)Math.Min(i, j) * ((2 * Dimensions) - Math.Min(i, j) - 1) / 2) + Math.Max(i, j)]
            )
            .Evd(Symmetricity.Symmetric);
        for (var i = 0; i < Wanted; i++)
        {
            Assert.Equal(1, basis.ExplainedVariance[i] * (Rows - 1) / full.EigenValues[Dimensions - 1 - i].Real, 1e-4);
        }

        var tops = Enumerable.Range(1, Wanted - 1).Where(k => basis.ExplainedVariance[k] < 0.99 * basis.ExplainedVariance[k - 1]).ToList();
        Assert.NotEmpty(tops);
        foreach (var k in tops.Where((_, i) => i % 7 == 0))
        {
            // |P - Q| of two projectors of rank k is the sine of the largest angle; Frobenius' norm bounds it.
            var overlap = full
                .EigenVectors.SubMatrix(0, Dimensions, Dimensions - k, k)
                .TransposeThisAndMultiply(Matrix<double>.Build.Dense(Dimensions, k, (i, j) => basis.Components[(j * Dimensions) + i]));
            Assert.InRange(Math.Sqrt(Math.Max(0, (2 * k) - (2 * Math.Pow(overlap.FrobeniusNorm(), 2)))), 0, 1e-3);
        }
    }

    [Fact]
    public async Task Parts_merge_into_the_statistics_of_the_whole()
    {
        var x = TestFiles.Reference<float>("pca/x.npy");
        var width = x.Shape[1];
        var whole = Gather(x.Values, width);
        var parts = new List<PcaStatistics>();
        foreach (var part in x.Values.Chunk(150 * width))
        {
            parts.Add(PcaStatistics.Parse(await BytesAsync(Gather(part, width))));
        }

        var merged = PcaStatistics.MergeTree(parts);
        Assert.Equal(5, parts.Count);
        Assert.Equal(whole.Count, merged.Count);
        Close([.. whole.Mean.Select(value => (float)value)], [.. merged.Mean.Select(value => (float)value)], 1e-6);
        Close([.. whole.Scatter.Select(value => (float)value)], [.. merged.Scatter.Select(value => (float)value)], 1e-6);
    }

    [Fact]
    public async Task Gathers_the_same_bytes_however_the_rows_come_and_on_any_number_of_threads()
    {
        var x = LowRank(2500, 40, 10);
        var pieces = new PcaAccumulator(40, new ManagedMatrixProduct(threads: 1));
        foreach (var piece in x.Chunk(40 * 33))
        {
            pieces.Add(piece);
        }

        Assert.Equal(await BytesAsync(Gather(x, 40)), await BytesAsync(pieces.Finish()));
    }

    [Fact]
    public async Task Takes_half_precision_rows()
    {
        var x = LowRank(300, 40, 10).Select(value => (Half)value).ToArray();
        var gatherer = new PcaAccumulator(40, Product);
        gatherer.Add(x);
        Assert.Equal(await BytesAsync(Gather([.. x.Select(value => (float)value)], 40)), await BytesAsync(gatherer.Finish()));
    }

    [Fact]
    public void Has_fewer_components_where_there_are_fewer_rows_or_the_rows_repeat()
    {
        var x = LowRank(10, 40, 10);
        Assert.Equal(9, PcaBasis.From(Gather(x, 40), Product).Count);
        Assert.Equal(2, PcaBasis.From(Gather([.. x[..120], .. x[..120], .. x[..120]], 40), Product).Count);
        Assert.Contains(
            "at least one frame",
            Assert.Throws<ArgumentException>(() => PcaBasis.From(PcaStatistics.Empty(40), Product)).Message
        );
        var one = PcaBasis.From(Gather(x[..40], 40), Product);
        Assert.Equal([0], one.Project(x[..40], Product));
    }

    [Fact]
    public void Projections_have_variance_one_a_component_on_average()
    {
        var x = TestFiles.Reference<float>("pca/x.npy");
        var basis = PcaBasis.Parse(PcaBasis.From(Gather(x.Values, x.Shape[1]), Product, 32).ToBytes());
        Assert.Equal(32, basis.Count);
        var projected = basis.Project(x.Values, Product);
        Assert.Equal(1, projected.Sum(value => (double)value * value) / 32 / (x.Shape[0] - 1), 1e-4);
    }

    private static PcaStatistics Gather(ReadOnlySpan<float> rows, int dimensions)
    {
        var gatherer = new PcaAccumulator(dimensions, Product);
        gatherer.Add(rows);
        return gatherer.Finish();
    }

    private static async Task<byte[]> BytesAsync(PcaStatistics statistics)
    {
        using var stream = new MemoryStream();
        await statistics.WriteAsync(stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    /// <summary>Rows of falling variance in some directions, on a floor of noise, away from the origin.</summary>
    private static float[] LowRank(int rows, int dimensions, int rank)
    {
        var random = new Xoshiro256(3);
        var directions = Enumerable.Range(0, rank * dimensions).Select(_ => random.NextGaussian()).ToArray();
        var codes = Enumerable.Range(0, rows * rank).Select(i => random.NextGaussian() * MathF.Pow(1 + (i % rank), -0.8f)).ToArray();
        var x = new float[rows * dimensions];
        Product.Multiply(codes, directions, x, rows, rank, dimensions);
        return [.. x.Select(value => value + 5 + (0.05f * random.NextGaussian()))];
    }

    private static void Close(float[] expected, float[] actual, double tolerance = 1e-4)
    {
        Assert.Equal(expected.Length, actual.Length);
        var difference = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        Assert.InRange(difference, 0, tolerance * expected.Max(Math.Abs));
    }
}
