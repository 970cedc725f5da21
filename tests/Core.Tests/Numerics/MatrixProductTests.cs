using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests.Reduction;

public sealed class MatrixProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 130, 65)]
    [InlineData(50, 300, 22)]
    [InlineData(13, 257, 100)]
    public void Multiplies_any_shape_either_way_round(int n, int k, int m)
    {
        var random = new Xoshiro256(7);
        var left = Enumerable.Range(0, n * k).Select(_ => random.NextGaussian()).ToArray();
        var right = Enumerable.Range(0, k * m).Select(_ => random.NextGaussian()).ToArray();
        foreach (
            var (transposeLeft, transposeRight) in (ReadOnlySpan<(bool, bool)>)[(false, false), (true, false), (false, true), (true, true)]
        )
        {
            var result = new float[(n * m) + 1];
            result[^1] = 42;
            new ManagedMatrixProduct().Multiply(left, right, result, n, k, m, transposeLeft, transposeRight);
            Assert.Equal(42, result[^1]);
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < m; j++)
                {
                    var sum = Enumerable
                        .Range(0, k)
                        .Sum(s =>
                            (double)left[transposeLeft ? (s * n) + i : (i * k) + s] * right[transposeRight ? (j * k) + s : (s * m) + j]
                        );
                    Assert.Equal(sum, result[(i * m) + j], 1e-4);
                }
            }
        }
    }

    [Fact]
    public void Gives_the_same_bytes_for_any_number_of_threads()
    {
        var random = new Xoshiro256(7);
        var values = Enumerable.Range(0, 300 * 700).Select(_ => random.NextGaussian()).ToArray();
        var results = new float[2][];
        for (var i = 0; i < 2; i++)
        {
            results[i] = new float[300 * 300];
            new ManagedMatrixProduct(threads: i == 0 ? 1 : 5).Multiply(values, values, results[i], 300, 700, 300, transposeRight: true);
        }

        Assert.Equal(results[0], results[1]);
    }
}
