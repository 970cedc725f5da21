using OrleansAtlas.Numerics;
using static TorchSharp.torch;

namespace OrleansAtlas.Torch;

/// <summary>Matrix products on a device of libtorch. Worth it on a GPU alone: matrices go there and back.</summary>
/// <param name="found">The library.</param>
public sealed class TorchMatrixProduct(LibTorchLookup.Found found) : IMatrixProduct
{
    private readonly Device _device = found.Cuda ? CUDA : CPU;

    /// <inheritdoc/>
    public void Multiply(
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
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var a = Matrix(left, transposeLeft ? k : n, transposeLeft ? n : k);
        var b = Matrix(right, transposeRight ? m : k, transposeRight ? k : m);
        var product = mm(transposeLeft ? a.t() : a, transposeRight ? b.t() : b).cpu();
        product.data<float>().CopyTo(result[..checked(n * m)]);
    }

    private Tensor Matrix(ReadOnlySpan<float> values, int rows, int columns) =>
        tensor(values[..checked(rows * columns)].ToArray(), [rows, columns], device: _device);
}
