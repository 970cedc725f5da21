using System.Numerics.Tensors;

namespace OrleansAtlas.Reduction;

/// <summary>Squared Euclidean distances by direct differences: the product form <c>|a|^2 + |b|^2 - 2ab</c> loses the small
/// ones, and near frames are what neighbours are about.</summary>
internal static class Distance
{
    public static float Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var distance = TensorPrimitives.Distance(a, b);
        return distance * distance;
    }
}
