using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrleansAtlas.Reduction;

/// <summary>Squared Euclidean distances by direct differences: the product form <c>|a|^2 + |b|^2 - 2ab</c> loses the small
/// ones, and near frames are what neighbours are about.</summary>
internal static class Distance
{
    public static float Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var x = MemoryMarshal.Cast<float, Vector512<float>>(a);
        var y = MemoryMarshal.Cast<float, Vector512<float>>(b);
        var sums = Vector512<float>.Zero;
        for (var i = 0; i < x.Length; i++)
        {
            var difference = x[i] - y[i];
            sums = Vector512.FusedMultiplyAdd(difference, difference, sums);
        }

        var sum = Vector512.Sum(sums);
        for (var i = x.Length * Vector512<float>.Count; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }

        return sum;
    }
}
