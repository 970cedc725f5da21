using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests.Reduction;

public sealed class CholeskyQrTests
{
    private const int Length = 700;
    private const int Count = 40;

    [Theory]
    [InlineData(0f)] // independent: by Cholesky factors
    [InlineData(0.999f)] // nearly the same: by Gram-Schmidt
    [InlineData(1f)] // all the same: others take their places
    public void Columns_become_orthonormal_however_alike_they_are(float likeness)
    {
        var columns = Random(likeness);
        CholeskyQr.Columns(columns, new float[columns.Length], Length, Count, new ManagedMatrixProduct());
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Assert.Equal(i == j ? 1 : 0, Dot(columns, columns, i, j), 1e-5);
            }
        }
    }

    [Fact]
    public void The_first_columns_span_what_they_spanned_before()
    {
        var before = Random(0.5f);
        var columns = before.ToArray();
        CholeskyQr.Columns(columns, new float[columns.Length], Length, Count, new ManagedMatrixProduct());
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal(Dot(before, before, i, i), Enumerable.Range(0, i + 1).Sum(j => Math.Pow(Dot(before, columns, i, j), 2)), 1e-2);
            Assert.True(Dot(before, columns, i, i) > 0);
        }
    }

    private static float[] Random(float likeness)
    {
        var random = new Xoshiro256(3);
        var columns = new float[Length * Count];
        for (var row = 0; row < Length; row++)
        {
            var common = random.NextGaussian();
            for (var column = 0; column < Count; column++)
            {
                columns[(row * Count) + column] = (likeness * common) + ((1 - likeness) * random.NextGaussian());
            }
        }

        return columns;
    }

    private static double Dot(float[] a, float[] b, int i, int j) =>
        Enumerable.Range(0, Length).Sum(row => (double)a[(row * Count) + i] * b[(row * Count) + j]);
}
