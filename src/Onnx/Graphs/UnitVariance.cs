using Onnx;
using DataType = Onnx.TensorProto.Types.DataType;

namespace OrleansAtlas.Onnx.Graphs;

/// <summary>Puts the variances of batch normalisations into their scales: scale / sqrt(variance + epsilon) is a small number, a variance
/// itself may be more than float16 holds.</summary>
internal static class UnitVariance
{
    // Places of the inputs that the operator BatchNormalization has.
    private const int Scale = 1;
    private const int Variance = 4;
    private const float UsualEpsilon = 1e-5f;

    /// <summary>Changes every normalisation whose numbers are in the file and belong to it alone; what it gives stays the same.</summary>
    public static void Apply(GraphProto graph)
    {
        var users = graph.Node.SelectMany(node => node.Input).GroupBy(name => name).ToDictionary(uses => uses.Key, uses => uses.Count());
        var constants = graph.Initializer.Where(tensor => tensor.HasNumbers()).ToDictionary(tensor => tensor.Name);
        foreach (var node in graph.Node.Where(node => node.OpType == "BatchNormalization"))
        {
            if (
                constants.TryGetValue(node.Input[Scale], out var scale)
                && constants.TryGetValue(node.Input[Variance], out var variance)
                && users[scale.Name] == 1
                && users[variance.Name] == 1
            )
            {
                Apply(scale, variance, node.Attribute.FirstOrDefault(attribute => attribute.Name == "epsilon")?.F ?? UsualEpsilon);
            }
        }
    }

    private static void Apply(TensorProto scale, TensorProto variance, float epsilon)
    {
        var (scales, variances) = (scale.Numbers(), variance.Numbers());
        for (var i = 0; i < scales.Length; i++)
        {
            scales[i] = (float)(scales[i] * Math.Sqrt((1.0 + epsilon) / ((double)variances[i] + epsilon)));
        }

        Array.Fill(variances, 1);
        scale.Write(scales, DataType.Float);
        variance.Write(variances, DataType.Float);
    }
}
