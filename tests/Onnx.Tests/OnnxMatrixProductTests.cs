using OrleansAtlas.Onnx;

namespace OrleansAtlas.Tests;

public sealed class OnnxMatrixProductTests
{
    [Theory]
    [InlineData(37, 53, 29, false, false)]
    [InlineData(37, 53, 29, true, false)]
    [InlineData(37, 53, 29, false, true)]
    [InlineData(37, 53, 29, true, true)]
    [InlineData(600, 1, 3, true, false)]
    [InlineData(1, 500, 1, false, true)]
    public void Multiplies_in_every_orientation(int n, int k, int m, bool transposeLeft, bool transposeRight)
    {
        var (left, right) = (Noise(n * k, 1), Noise(k * m, 2));
        using var product = new OnnxMatrixProduct();
        var result = new float[n * m];
        product.Multiply(left, right, result, n, k, m, transposeLeft, transposeRight);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < m; j++)
            {
                var exact = 0.0;
                for (var l = 0; l < k; l++)
                {
                    exact += (double)left[transposeLeft ? (l * n) + i : (i * k) + l] * right[transposeRight ? (j * k) + l : (l * m) + j];
                }

                Assert.Equal(exact, result[(i * m) + j], 1e-4);
            }
        }
    }

    [Theory]
    [InlineData(700, 900, 50, false, false)]
    [InlineData(700, 900, 130, true, false)]
    [InlineData(50, 2000, 200, false, true)]
    [InlineData(3, 5000, 2, true, true)]
    public void Bytes_do_not_depend_on_the_number_of_threads(int n, int k, int m, bool transposeLeft, bool transposeRight)
    {
        var (left, right) = (Noise(n * k, 1), Noise(k * m, 2));
        var results = new int[] { 1, 2, 7 }
            .Select(threads =>
            {
                using var product = new OnnxMatrixProduct(threads);
                var result = new float[n * m];
                product.Multiply(left, right, result, n, k, m, transposeLeft, transposeRight);
                return result;
            })
            .ToArray();
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    [Fact]
    public void Refuses_a_matrix_that_is_too_short()
    {
        using var product = new OnnxMatrixProduct();
        Assert.Throws<ArgumentException>("right", () => product.Multiply(new float[6], new float[5], new float[4], 2, 3, 2));
    }

    private static float[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }
}
