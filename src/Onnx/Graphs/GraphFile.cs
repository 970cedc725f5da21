using Google.Protobuf;
using Onnx;
using OrleansAtlas.Errors;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Onnx.Graphs;

/// <summary>The graph of an ONNX file, changed where it has to be before a session takes it.</summary>
internal static class GraphFile
{
    /// <summary>The bytes of the graph with its batch free, or in float16, or both.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidProtocolBufferException">It is no ONNX file.</exception>
    /// <exception cref="ModelException">It cannot be made one in float16.</exception>
    public static byte[] Read(ModelFile model, bool freeBatch, bool half)
    {
        using var file = File.OpenRead(model.Path);
        var graph = ModelProto.Parser.ParseFrom(file);
        if (freeBatch)
        {
            graph.Graph.SetDim(0, DimParamOrValue.New("n"));
        }

        return half && HalfGraph.Convert(graph) is { } reason
            ? throw new ModelException($"{model.Card.Name} cannot compute in float16: {reason}.")
            : graph.ToByteArray();
    }
}
