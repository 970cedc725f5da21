using Google.Protobuf;
using Onnx;

namespace OrleansAtlas.Onnx.Graphs;

/// <summary>Makes a graph that is declared for one picture at a time one for any number.</summary>
internal static class FreeBatch
{
    /// <summary>The bytes of such an ONNX file with its batch free.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidProtocolBufferException">It is no ONNX file.</exception>
    public static byte[] Of(string path)
    {
        using var file = File.OpenRead(path);
        var model = ModelProto.Parser.ParseFrom(file);
        model.Graph.SetDim(0, DimParamOrValue.New("n"));
        return model.ToByteArray();
    }
}
