using System.Numerics.Tensors;
using Onnx;
using AttributeType = Onnx.AttributeProto.Types.AttributeType;
using DataType = Onnx.TensorProto.Types.DataType;

namespace OrleansAtlas.Onnx.Graphs;

// Why: docs/decisions/descriptors.md
/// <summary>Makes a graph that computes in float16 of one in float32. Inputs and outputs stay float32 and are cast inside.</summary>
internal static class HalfGraph
{
    private const int Single = (int)DataType.Float;
    private const int Half = (int)DataType.Float16;
    private const string Suffix = "_float16";

    // Operators whose float inputs and outputs are all of one type, so that changing every number of a graph keeps it whole.
    private static readonly HashSet<string> OneType = new(
        (
            "Add AveragePool BatchNormalization Clip Concat Constant Conv Div Dropout Elu Flatten Gemm GlobalAveragePool HardSigmoid "
            + "Identity LRN LeakyRelu MatMul MaxPool Mul PRelu Pad ReduceMean Relu Reshape Sigmoid Softmax Squeeze Sub Sum Tanh "
            + "Transpose Unsqueeze"
        ).Split(' '),
        StringComparer.Ordinal
    );

    /// <summary>Changes the graph.</summary>
    /// <returns>Null, or why it cannot be done; of no use then.</returns>
    public static string? Convert(ModelProto model)
    {
        var graph = model.Graph;
        if (graph.Node.FirstOrDefault(node => !OneType.Contains(node.OpType) || node.Domain is not ("" or "ai.onnx")) is { } other)
        {
            return $"the operator {other.OpType} is not known to work in float16";
        }

        UnitVariance.Apply(graph);
        var constants = graph
            .Initializer.Concat(
                graph.Node.SelectMany(node => node.Attribute).Where(value => value.Type == AttributeType.Tensor).Select(value => value.T)
            )
            .Where(tensor => tensor.DataType == Single);
        foreach (var constant in constants)
        {
            if (!Narrow(constant))
            {
                return $"the numbers of '{constant.Name}' do not fit into float16";
            }
        }

        var weights = graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var weight in graph.Input.Where(input => weights.Contains(input.Name) && input.Type.TensorType.ElemType == Single))
        {
            weight.Type.TensorType.ElemType = Half;
        }

        graph.ValueInfo.Clear();
        var casts = graph.Input.Where(input => !weights.Contains(input.Name)).Where(IsSingle).Select(input => input.Name).ToList();
        var results = graph.Output.Where(IsSingle).Select(output => output.Name).ToList();
        Rename(graph, [.. casts, .. results]);
        for (var i = 0; i < casts.Count; i++)
        {
            graph.Node.Insert(i, Cast(casts[i], casts[i] + Suffix, Half));
        }

        graph.Node.AddRange(results.Select(name => Cast(name + Suffix, name, Single)));
        return null;
    }

    private static bool IsSingle(ValueInfoProto value) => value.Type.TensorType.ElemType == Single;

    private static void Rename(GraphProto graph, HashSet<string> names)
    {
        foreach (var node in graph.Node)
        {
            Rename(node.Input, names);
            Rename(node.Output, names);
        }
    }

    private static void Rename(IList<string> values, HashSet<string> names)
    {
        for (var i = 0; i < values.Count; i++)
        {
            values[i] = names.Contains(values[i]) ? values[i] + Suffix : values[i];
        }
    }

    /// <returns>Whether its numbers are in the file and stay finite.</returns>
    private static bool Narrow(TensorProto tensor)
    {
        if (!tensor.HasNumbers())
        {
            return false;
        }

        var values = tensor.Numbers();
        var halves = new System.Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);
        tensor.Write(halves, DataType.Float16);
        return Array.TrueForAll(halves, System.Half.IsFinite);
    }

    private static NodeProto Cast(string from, string to, int type) =>
        new()
        {
            Name = $"cast {from}",
            OpType = "Cast",
            Input = { from },
            Output = { to },
            Attribute =
            {
                new AttributeProto
                {
                    Name = "to",
                    Type = AttributeType.Int,
                    I = type,
                },
            },
        };
}
