using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>A stack of layers, forward and back over a batch.</summary>
internal sealed unsafe class NetworkPass
{
    private readonly LayerPass[] _layers;
    private readonly AlignedBuffer[] _gradients;

    public NetworkPass(DenseLayer[] layers, int rows)
    {
        _layers = [.. layers.Select(layer => new LayerPass(layer, rows))];
        _gradients = [.. _layers.Select(layer => new AlignedBuffer(rows * layer.Width))];
    }

    /// <summary>Floats from one row of the output to the next.</summary>
    public int Width => _layers[^1].Width;

    /// <summary><c>[rows, Width]</c>.</summary>
    public float* Output => _layers[^1].Output;

    /// <summary>The loss's gradient by the output, <c>[rows, Width]</c>, to be filled (the padding with zeros) before
    /// <see cref="Backward"/>, which overwrites it.</summary>
    public float* OutputGradient => _gradients[^1].Pointer;

    public static void Tanh(Span<float> values)
    {
        foreach (ref var value in values)
        {
            value = MathF.Tanh(value);
        }
    }

    public void Forward(float* input, nint inputRow, int rows, float* parameters, bool training)
    {
        foreach (var layer in _layers)
        {
            layer.Forward(input, inputRow, rows, parameters, training);
            input = layer.Output;
            inputRow = layer.Width;
        }
    }

    /// <summary>After <see cref="Forward"/> in training, from <see cref="OutputGradient"/>.</summary>
    public void Backward(float* input, nint inputRow, int rows, float* parameters, float* parameterGradients, float* inputGradient)
    {
        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            var from = i > 0 ? _layers[i - 1].Output : input;
            var row = i > 0 ? _layers[i - 1].Width : inputRow;
            var to = i > 0 ? _gradients[i - 1].Pointer : inputGradient;
            _layers[i].Backward(_gradients[i].Pointer, from, row, rows, parameters, parameterGradients, to);
        }
    }
}
