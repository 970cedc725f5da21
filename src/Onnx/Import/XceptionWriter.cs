using System.Globalization;
using OrleansAtlas.Errors;
using OrleansAtlas.Onnx.Graphs;

namespace OrleansAtlas.Onnx.Import;

/// <summary>Xception without its classifier (Chollet 2017; keras/applications/xception.py), from Keras's weights to an ONNX graph:
/// <c>image</c> <c>[n, 3, 299, 299]</c> to <c>features</c> <c>[n, 2048]</c>.
/// Each batch normalisation is folded into the convolution before it.</summary>
internal sealed class XceptionWriter
{
    private const double Epsilon = 1e-3;

    private readonly KerasWeights _weights;
    private readonly OnnxGraphWriter _graph = new("xception");
    private readonly Queue<(string Convolution, string Normalisation)> _shortcuts;

    private XceptionWriter(KerasWeights weights)
    {
        _weights = weights;
        // The four convolutions beside the main path have running names, which count on from whatever was built before.
        _shortcuts = new(Running("conv2d").Zip(Running("batch_normalization")));
        if (_shortcuts.Count != 4)
        {
            throw new DamagedFileException(
                $"The weights file has {_shortcuts.Count} strided convolutions with running names, Xception has 4: "
                    + "give Keras's own xception_weights_tf_dim_ordering_tf_kernels_notop.h5."
            );
        }
    }

    /// <returns>The bytes of an ONNX file.</returns>
    /// <exception cref="DamagedFileException">The file does not hold Xception's weights.</exception>
    public static byte[] Write(KerasWeights weights) => new XceptionWriter(weights).Build();

    private byte[] Build()
    {
        _graph.Input("image", "n", 3, 299, 299);
        var x = Relu(Convolution("image", "block1_conv1", "block1_conv1_bn", 3, 32, 3, 2, "VALID"));
        x = Relu(Convolution(x, "block1_conv2", "block1_conv2_bn", 32, 64, 3, 1, "VALID"));
        x = Strided(x, 2, 64, 128, 128, startsWithRelu: false);
        x = Strided(x, 3, 128, 256, 256);
        x = Strided(x, 4, 256, 728, 728);
        for (var block = 5; block <= 12; block++)
        {
            var inner = x;
            for (var i = 1; i <= 3; i++)
            {
                inner = Separable(Relu(inner), $"block{block}_sepconv{i}", 728, 728);
            }

            x = _graph.Node("Add", [inner, x]);
        }

        x = Strided(x, 13, 728, 728, 1024);
        x = Relu(Separable(x, "block14_sepconv1", 1024, 1536));
        x = Relu(Separable(x, "block14_sepconv2", 1536, 2048));
        _graph.Node("Flatten", [_graph.Node("GlobalAveragePool", [x])], "features");
        _graph.Output("features", "n", 2048);
        return _graph.ToBytes();
    }

    /// <summary>Two separable convolutions and a pooling that halves the picture, beside a strided 1x1 convolution.</summary>
    private string Strided(string x, int block, int inputs, int middle, int outputs, bool startsWithRelu = true)
    {
        var (convolution, normalisation) = _shortcuts.Dequeue();
        var shortcut = Convolution(x, convolution, normalisation, inputs, outputs, 1, 2, "SAME_UPPER");
        var inner = Separable(startsWithRelu ? Relu(x) : x, $"block{block}_sepconv1", inputs, middle);
        inner = Separable(Relu(inner), $"block{block}_sepconv2", middle, outputs);
        inner = _graph.Node(
            "MaxPool",
            [inner],
            null,
            ("kernel_shape", new[] { 3, 3 }),
            ("strides", new[] { 2, 2 }),
            ("auto_pad", "SAME_UPPER")
        );
        return _graph.Node("Add", [inner, shortcut]);
    }

    private string Separable(string x, string layer, int inputs, int outputs)
    {
        var depthwise = Kernels.Depthwise(_weights.Get(layer, "depthwise_kernel", 3, 3, inputs, 1), 9);
        x = _graph.Node("Conv", [x, _graph.Constant(depthwise, inputs, 1, 3, 3)], null, ("group", inputs), ("auto_pad", "SAME_UPPER"));
        var pointwise = _weights.Get(layer, "pointwise_kernel", 1, 1, inputs, outputs);
        return Normalised(x, pointwise, $"{layer}_bn", inputs, outputs, 1, 1, "SAME_UPPER");
    }

    private string Convolution(
        string x,
        string layer,
        string normalisation,
        int inputs,
        int outputs,
        int side,
        int stride,
        string padding
    ) => Normalised(x, _weights.Get(layer, "kernel", side, side, inputs, outputs), normalisation, inputs, outputs, side, stride, padding);

    private string Normalised(string x, float[] kernel, string layer, int inputs, int outputs, int side, int stride, string padding)
    {
        var (gamma, beta) = (_weights.Get(layer, "gamma", outputs), _weights.Get(layer, "beta", outputs));
        var (mean, variance) = (_weights.Get(layer, "moving_mean", outputs), _weights.Get(layer, "moving_variance", outputs));
        var factors = new double[outputs];
        var bias = new float[outputs];
        for (var i = 0; i < outputs; i++)
        {
            factors[i] = gamma[i] / Math.Sqrt(variance[i] + Epsilon);
            bias[i] = (float)(beta[i] - mean[i] * factors[i]);
        }

        var weights = _graph.Constant(Kernels.Dense(kernel, side * side, inputs, outputs, factors), outputs, inputs, side, side);
        var inner = new[] { x, weights, _graph.Constant(bias, outputs) };
        return _graph.Node("Conv", inner, null, ("strides", new[] { stride, stride }), ("auto_pad", padding));
    }

    private string Relu(string x) => _graph.Node("Relu", [x]);

    private IEnumerable<string> Running(string prefix) =>
        _weights
            .Layers.Where(layer => layer.StartsWith(prefix + "_", StringComparison.Ordinal) || layer == prefix)
            .OrderBy(layer =>
                layer == prefix ? 0
                : int.TryParse(layer.AsSpan(prefix.Length + 1), CultureInfo.InvariantCulture, out var number) ? number
                : int.MaxValue
            );
}
