using OrleansAtlas.Features;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Graphs;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Tests;

/// <summary>What several tests need: the library's models, the reference input, a small network.</summary>
internal static class TestModels
{
    /// <summary><c>sin(0.0137 * flat index)</c>, float32.</summary>
    public static float[] Wave(int count, float centre, float amplitude) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(centre + (amplitude * Math.Sin(0.0137 * i))))];

    /// <summary>max |difference| / max |reference|.</summary>
    public static double RelativeError(ReadOnlySpan<float> values, ReadOnlySpan<float> reference)
    {
        Assert.Equal(reference.Length, values.Length);
        var (error, largest) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            error = Math.Max(error, Math.Abs((double)values[i] - reference[i]));
            largest = Math.Max(largest, Math.Abs(reference[i]));
        }

        return error / largest;
    }

    /// <summary>Noise as squares, <c>[count, side, side, 3]</c>.</summary>
    public static byte[] Noise(int count, int side)
    {
        var squares = new byte[count * side * side * 3];
        new Random(1).NextBytes(squares);
        return squares;
    }

    /// <summary>A network of one convolution, <c>[n, 3, 32, 32]</c> to <c>map</c> <c>[n, 5, 16, 16]</c> and <c>mean</c> <c>[n,
    /// 5]</c>.</summary>
    public static string WriteSmall(TemporaryFolder folder, float weight = 0.1f)
    {
        var graph = new OnnxGraphWriter("small");
        graph.Input("image", "n", 3, 32, 32);
        var kernel = graph.Constant(Wave(5 * 3 * 9, 0, weight), 5, 3, 3, 3);
        var map = graph.Node("Conv", ["image", kernel], "map", ("strides", new[] { 2, 2 }), ("auto_pad", "SAME_UPPER"));
        graph.Node("Flatten", [graph.Node("GlobalAveragePool", [map])], "mean");
        graph.Output("map", "n", 5, "height", "width");
        graph.Output("mean", "n", 5);
        File.WriteAllBytes(folder["small.onnx"], graph.ToBytes());
        return folder["small.onnx"];
    }

    public static ModelCard SmallCard { get; } =
        new()
        {
            Name = "small",
            InputSize = 32,
            Dimensions = 5,
            Licence = "none",
            Output = "mean",
        };

    public static float[] Describe(ModelFile model, byte[] squares, OnnxOptions? options = null)
    {
        using var describer = OnnxFeatureExtractor.Open(model, options);
        var count = squares.Length / (model.Card.InputSize * model.Card.InputSize * 3);
        var result = new float[count * model.Card.Dimensions];
        describer.Describe(squares, count, result);
        return result;
    }
}
