using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using DataType = Onnx.TensorProto.Types.DataType;

namespace OrleansAtlas.Onnx.Graphs;

/// <summary>The numbers of a tensor in float32, which stand in one of two fields.</summary>
internal static class TensorNumbers
{
    /// <summary>Whether they are float32 and in the file itself.</summary>
    public static bool HasNumbers(this TensorProto tensor) => tensor.DataType == (int)DataType.Float && tensor.ExternalData.Count == 0;

    /// <summary>A copy of them.</summary>
    public static float[] Numbers(this TensorProto tensor) =>
        tensor.RawData.IsEmpty ? [.. tensor.FloatData] : MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();

    /// <summary>Puts others in their place.</summary>
    public static void Write<T>(this TensorProto tensor, T[] numbers, DataType type)
        where T : unmanaged
    {
        tensor.FloatData.Clear();
        tensor.DataType = (int)type;
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<T>(numbers));
    }
}
