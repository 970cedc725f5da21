using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using AttributeType = Onnx.AttributeProto.Types.AttributeType;
using Axis = Onnx.TensorShapeProto.Types.Dimension;

namespace OrleansAtlas.Onnx.Graphs;

// Why: docs/decisions/graphs-and-weights.md
/// <summary>Puts an ONNX graph together node by node. Operator set 13.</summary>
/// <param name="name">Name of the graph.</param>
internal sealed class OnnxGraphWriter(string name)
{
    private const int Float = (int)TensorProto.Types.DataType.Float;

    private readonly GraphProto _graph = new() { Name = name };

    /// <summary>Adds a float32 input; an axis of unknown length is given by name instead.</summary>
    public void Input(string name, params object[] shape) => _graph.Input.Add(Value(name, shape));

    /// <summary>Declares a float32 output.</summary>
    public void Output(string name, params object[] shape) => _graph.Output.Add(Value(name, shape));

    /// <summary>Adds a constant and returns its name.</summary>
    public string Constant(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        var constant = new TensorProto
        {
            Name = Fresh(),
            DataType = Float,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)),
        };
        foreach (var length in shape)
        {
            constant.Dims.Add(length);
        }

        _graph.Initializer.Add(constant);
        return constant.Name;
    }

    /// <summary>Adds a node with one output and returns the output's name.</summary>
    /// <param name="op">Operator of the ai.onnx domain.</param>
    /// <param name="inputs">Names of its inputs.</param>
    /// <param name="output">Name of its output; null makes one up.</param>
    /// <param name="attributes">int, string or int[] by name.</param>
    public string Node(string op, IEnumerable<string> inputs, string? output = null, params (string Name, object Value)[] attributes)
    {
        output ??= Fresh();
        _graph.Node.Add(
            new NodeProto
            {
                Name = output,
                OpType = op,
                Input = { inputs },
                Output = { output },
                Attribute = { attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)) },
            }
        );
        return output;
    }

    /// <summary>The model as the bytes of an ONNX file.</summary>
    public byte[] ToBytes() =>
        new ModelProto
        {
            IrVersion = 7,
            ProducerName = "OrleansAtlas",
            OpsetImport = { new OperatorSetIdProto { Version = 13 } },
            Graph = _graph,
        }.ToByteArray();

    private string Fresh() => string.Create(CultureInfo.InvariantCulture, $"t{_graph.Node.Count + _graph.Initializer.Count}");

    private static ValueInfoProto Value(string name, object[] shape)
    {
        var axes = shape.Select(axis => axis is string symbol ? new Axis { DimParam = symbol } : new Axis { DimValue = (int)axis });
        var tensor = new TypeProto.Types.Tensor
        {
            ElemType = Float,
            Shape = new TensorShapeProto { Dim = { axes } },
        };
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = tensor },
        };
    }

    private static AttributeProto Attribute(string name, object value) =>
        value switch
        {
            int number => new AttributeProto
            {
                Name = name,
                Type = AttributeType.Int,
                I = number,
            },
            string text => new AttributeProto
            {
                Name = name,
                Type = AttributeType.String,
                S = ByteString.CopyFromUtf8(text),
            },
            int[] numbers => new AttributeProto
            {
                Name = name,
                Type = AttributeType.Ints,
                Ints = { numbers.Select(number => (long)number) },
            },
            _ => throw new ArgumentException($"An attribute is an int, string or int[], not {value.GetType().Name}.", nameof(value)),
        };
}
