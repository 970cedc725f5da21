namespace OrleansAtlas.Numerics;

/// <summary>One of Core's seams: big float32 matrix products, the same bytes for any number of threads.
/// All matrices are row-major and dense.</summary>
public interface IMatrixProduct
{
    /// <summary><c>result[n, m] = left[n, k] * right[k, m]</c>; <paramref name="transposeLeft"/> reads <c>left</c> as <c>[k, n]</c>,
    /// <paramref name="transposeRight"/> reads <c>right</c> as <c>[m, k]</c>.</summary>
    void Multiply(
        ReadOnlySpan<float> left,
        ReadOnlySpan<float> right,
        Span<float> result,
        int n,
        int k,
        int m,
        bool transposeLeft = false,
        bool transposeRight = false
    );
}
