using System.Globalization;
using System.Runtime.InteropServices;

namespace OrleansAtlas.Onnx.Graphs;

/// <summary>Puts an ONNX graph together node by node; field numbers from onnx/onnx.proto. Operator set 13, little-endian weights.</summary>
/// <param name="name">Name of the graph.</param>
internal sealed class OnnxGraphWriter(string name)
{
    private const int Float = 1;
    private const int Int64 = 7;
    private const int OperatorSet = 13;
    private const int FormatVersion = 7;

    private readonly ProtoMessage _graph = new ProtoMessage().Add(2, name);
    private int _names;

    /// <summary>Adds a float32 input; an axis of unknown length is given by name instead.</summary>
    public void Input(string name, params object[] shape) => _graph.Add(11, Value(name, shape));

    /// <summary>Declares a float32 output.</summary>
    public void Output(string name, params object[] shape) => _graph.Add(12, Value(name, shape));

    /// <summary>Adds a constant and returns its name.</summary>
    public string Constant(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) => Constant(Float, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Adds a constant and returns its name.</summary>
    public string Constant(ReadOnlySpan<long> values) => Constant(Int64, MemoryMarshal.AsBytes(values), [values.Length]);

    /// <summary>Adds a node with one output and returns the output's name.</summary>
    /// <param name="op">Operator of the ai.onnx domain.</param>
    /// <param name="inputs">Names of its inputs.</param>
    /// <param name="output">Name of its output; null makes one up.</param>
    /// <param name="attributes">int, float, string or int[] by name.</param>
    public string Node(string op, ReadOnlySpan<string> inputs, string? output = null, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        output ??= Fresh();
        var node = new ProtoMessage();
        foreach (var input in inputs)
        {
            node.Add(1, input);
        }

        node.Add(2, output).Add(3, output).Add(4, op);
        foreach (var (key, value) in attributes)
        {
            node.Add(5, Attribute(key, value));
        }

        _graph.Add(1, node);
        return output;
    }

    /// <summary>Writes the model.</summary>
    public void WriteTo(Stream stream) => new ProtoMessage()
        .Add(1, FormatVersion)
        .Add(2, "OrleansAtlas")
        .Add(7, _graph)
        .Add(8, new ProtoMessage().Add(2, OperatorSet))
        .WriteTo(stream);

    /// <summary>The model in memory.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        WriteTo(stream);
        return stream.ToArray();
    }

    private string Fresh() => string.Create(CultureInfo.InvariantCulture, $"t{_names++}");

    private string Constant(int type, ReadOnlySpan<byte> values, ReadOnlySpan<int> shape)
    {
        var constant = Fresh();
        var tensor = new ProtoMessage();
        foreach (var length in shape)
        {
            tensor.Add(1, length);
        }

        _graph.Add(5, tensor.Add(2, type).Add(8, constant).Add(9, values.ToArray()));
        return constant;
    }

    private static ProtoMessage Value(string name, object[] shape)
    {
        var axes = new ProtoMessage();
        foreach (var axis in shape)
        {
            axes.Add(1, axis is string symbol ? new ProtoMessage().Add(2, symbol) : new ProtoMessage().Add(1, (int)axis));
        }

        var tensor = new ProtoMessage().Add(1, Float).Add(2, axes);
        return new ProtoMessage().Add(1, name).Add(2, new ProtoMessage().Add(1, tensor));
    }

    private static ProtoMessage Attribute(string name, object value)
    {
        var attribute = new ProtoMessage().Add(1, name);
        switch (value)
        {
            case float number:
                return attribute.Add(2, number).Add(20, 1);
            case int number:
                return attribute.Add(3, number).Add(20, 2);
            case string text:
                return attribute.Add(4, text).Add(20, 3);
            case int[] numbers:
                foreach (var number in numbers)
                {
                    attribute.Add(8, number);
                }

                return attribute.Add(20, 7);
            default:
                throw new ArgumentException($"No attribute of type {value.GetType().Name} is written here; give an int, float, string or int[].", nameof(value));
        }
    }
}
