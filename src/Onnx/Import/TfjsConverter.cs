using OrleansAtlas.Onnx.Graphs;

namespace OrleansAtlas.Onnx.Import;

/// <summary>Writes the part of a tfjs graph that a node needs as ONNX nodes. Every picture is held channels first, whatever TensorFlow
/// calls its axes at that place: a transposition then only changes how the axes are called and costs nothing.</summary>
internal sealed class TfjsConverter(TfjsGraph source, OnnxGraphWriter target)
{
    private readonly Dictionary<string, Picture> _done = [];

    /// <summary>A tensor of the ONNX graph, its channels, and whether TensorFlow has it as <c>[n, h, w, c]</c> at this place.</summary>
    private readonly record struct Picture(string Name, int Channels, bool ChannelsLast)
    {
        /// <summary>TensorFlow's axis to ours.</summary>
        public int Axis(int axis) => ChannelsLast ? axis switch { 1 => 2, 2 => 3, 3 => 1, _ => axis } : axis;
    }

    /// <summary>Names the tensor that stands for a placeholder.</summary>
    public void Feed(string placeholder, string tensor, int channels, bool channelsLast) => _done[placeholder] = new Picture(tensor, channels, channelsLast);

    /// <summary>Writes a node and what it needs; returns the name of its tensor, <c>[n, c, h, w]</c>.</summary>
    /// <exception cref="InvalidDataException">An operator, or a use of one, that is not converted here.</exception>
    public string Convert(string node) => Get(node).Name;

    private Picture Get(string name)
    {
        if (!_done.TryGetValue(name, out var picture))
        {
            _done[name] = picture = Write(source.Node(name));
        }

        return picture;
    }

    private Picture Write(TfjsNode node)
    {
        switch (node.Op)
        {
            case "Add" or "AddV2" or "Mul":
                return Arithmetic(node);
            case "ConcatV2" when Axis(node, ^1) == 1:
                var parts = node.Inputs[..^1].Select(Get).ToArray();
                return parts[0] with { Channels = parts.Sum(part => part.Channels), Name = target.Node("Concat", [.. parts.Select(part => part.Name)], null, ("axis", 1)) };
        }

        var x = Get(node.Inputs[0]);
        switch (node.Op)
        {
            case "Conv2D" or "_FusedConv2D":
                return Convolution(node, x, depthwise: false);
            case "DepthwiseConv2dNative" or "FusedDepthwiseConv2dNative":
                return Convolution(node, x, depthwise: true);
            case "Relu6":
                return x with { Name = target.Node("Clip", [x.Name, target.Constant([0f]), target.Constant([6f])]) };
            case "LeakyRelu":
                return x with { Name = target.Node("LeakyRelu", [x.Name], null, ("alpha", node.Number("alpha"))) };
            case "Mean" when Integers(node, 1).Select(x.Axis).Order().SequenceEqual([2, 3]):
                return x with { Name = target.Node("GlobalAveragePool", [x.Name]) };
            case "MaxPool" when x.ChannelsLast:
                return x with { Name = target.Node("MaxPool", [x.Name], null, ("kernel_shape", node.Integers("ksize")[1..3]), ("strides", node.Integers("strides")[1..3]), ("auto_pad", Padding(node))) };
            case "Pad" or "PadV2":
                return Pad(node, x);
            case "Transpose":
                return Transpose(node, x);
            default:
                throw Unsupported(node);
        }
    }

    private Picture Convolution(TfjsNode node, Picture x, bool depthwise)
    {
        var kernel = source.Constant(node.Inputs[1]) ?? throw Unsupported(node);
        if (!x.ChannelsLast || node.Integers("dilations").Any(n => n != 1))
        {
            throw Unsupported(node);
        }

        var (height, width, inputs, outputs) = (kernel.Shape[0], kernel.Shape[1], kernel.Shape[2], kernel.Shape[3]);
        var weights = depthwise
            ? target.Constant(Kernels.Depthwise(kernel.Values, height * width), inputs * outputs, 1, height, width)
            : target.Constant(Kernels.Dense(kernel.Values, height * width, inputs, outputs), outputs, inputs, height, width);
        var fused = node.Texts("fused_ops");
        string[] operands = fused.Contains("BiasAdd") ? [x.Name, weights, Bias(node)] : [x.Name, weights];
        var y = target.Node("Conv", operands, null, ("group", depthwise ? inputs : 1), ("strides", node.Integers("strides")[1..3]), ("auto_pad", Padding(node)));
        return x with
        {
            Channels = depthwise ? inputs * outputs : outputs,
            Name = fused.LastOrDefault() switch
            {
                null or "BiasAdd" => y,
                "Relu" => target.Node("Relu", [y]),
                _ => throw Unsupported(node),
            },
        };
    }

    private string Bias(TfjsNode node)
    {
        var bias = source.Constant(node.Inputs[2]) ?? throw Unsupported(node);
        return target.Constant(bias.Values, bias.Values.Length);
    }

    /// <summary>Addition or multiplication of two pictures, or of one and a constant: a number, or one a channel for additions.</summary>
    private Picture Arithmetic(TfjsNode node)
    {
        var op = node.Op == "Mul" ? "Mul" : "Add";
        var constant = node.Inputs.Select(source.Constant).FirstOrDefault(found => found is not null);
        var x = Get(node.Inputs.First(input => source.Constant(input) is null));
        var name = constant?.Shape switch
        {
            null => target.Node(op, [.. node.Inputs.Select(input => Get(input).Name)]),
            [] => Scaled(x, op == "Mul" ? constant.Values[0] : 1, op == "Mul" ? 0 : constant.Values[0]),
            [var channels] when channels == x.Channels && x.ChannelsLast && op == "Add" => target.Node(op, [x.Name, target.Constant(constant.Values, 1, channels, 1, 1)]),
            _ => throw Unsupported(node),
        };
        return x with { Name = name };
    }

    /// <summary><c>factor * x + offset</c> as a convolution of one pixel a channel: ONNX Runtime then stays in its blocked layout,
    /// where Mul and Add with a number would have it rearrange the picture twice (a quarter of the model's time).</summary>
    private string Scaled(Picture x, float factor, float offset) => target.Node(
        "Conv",
        [x.Name, target.Constant([.. Enumerable.Repeat(factor, x.Channels)], x.Channels, 1, 1, 1), target.Constant([.. Enumerable.Repeat(offset, x.Channels)], x.Channels)],
        null,
        ("group", x.Channels));

    private Picture Pad(TfjsNode node, Picture x)
    {
        var pads = new long[8];
        var pairs = Integers(node, 1);
        for (var axis = 0; axis < 4; axis++)
        {
            (pads[x.Axis(axis)], pads[x.Axis(axis) + 4]) = (pairs[axis * 2], pairs[(axis * 2) + 1]);
        }

        var value = node.Op == "PadV2" ? source.Constant(node.Inputs[2])!.Values[0] : 0f;
        return pads.All(n => n == 0) ? x : x with { Name = target.Node("Pad", [x.Name, target.Constant(pads), target.Constant([value])]) };
    }

    private Picture Transpose(TfjsNode node, Picture x)
    {
        var toLast = Integers(node, 1) switch
        {
            [0, 2, 3, 1] => true,
            [0, 3, 1, 2] => false,
            _ => throw Unsupported(node),
        };
        return toLast != x.ChannelsLast ? x with { ChannelsLast = toLast } : throw Unsupported(node);
    }

    /// <summary>An axis that TensorFlow names, in our order.</summary>
    private int Axis(TfjsNode node, Index input) => Get(node.Inputs[0]).Axis(Integers(node, input)[0]);

    private int[] Integers(TfjsNode node, Index input) =>
        Array.ConvertAll((source.Constant(node.Inputs[input]) ?? throw Unsupported(node)).Values, value => (int)value);

    private static string Padding(TfjsNode node) => node.Text("padding") switch
    {
        "SAME" => "SAME_UPPER",
        // Not VALID, which means the same: ONNX Runtime folds a Pad before it only into this one.
        "VALID" => "NOTSET",
        _ => throw Unsupported(node),
    };

    private static InvalidDataException Unsupported(TfjsNode node) =>
        new($"The tfjs graph's node '{node.Name}' ({node.Op}) is of a kind that is not converted here: it is another version of the model than the one that is read.");
}
