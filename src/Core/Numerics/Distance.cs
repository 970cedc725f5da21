using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrleansAtlas.Numerics;

/// <summary>Squared Euclidean distances by direct differences: the product form <c>|a|^2 + |b|^2 - 2ab</c> loses the small
/// ones, and near frames are what neighbours are about.</summary>
internal static class Distance
{
    public static float Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var x = MemoryMarshal.Cast<float, Vector512<float>>(a);
        var y = MemoryMarshal.Cast<float, Vector512<float>>(b)[..x.Length];
        var (s0, s1, s2, s3) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var i = 0;
        for (; i < x.Length - 3; i += 4)
        {
            var (d0, d1, d2, d3) = (x[i] - y[i], x[i + 1] - y[i + 1], x[i + 2] - y[i + 2], x[i + 3] - y[i + 3]);
            s0 = Vector512.FusedMultiplyAdd(d0, d0, s0);
            s1 = Vector512.FusedMultiplyAdd(d1, d1, s1);
            s2 = Vector512.FusedMultiplyAdd(d2, d2, s2);
            s3 = Vector512.FusedMultiplyAdd(d3, d3, s3);
        }

        for (; i < x.Length; i++)
        {
            var d = x[i] - y[i];
            s0 = Vector512.FusedMultiplyAdd(d, d, s0);
        }

        var sum = Vector512.Sum(s0 + s1 + (s2 + s3));
        for (i = x.Length * Vector512<float>.Count; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }
}
