using System.Text;

namespace OrleansAtlas.Onnx.Graphs;

/// <summary>A message of Protocol Buffers' wire format (protobuf.dev/programming-guides/encoding) put together field by field.
/// Big fields are referred to, not copied.</summary>
internal sealed class ProtoMessage
{
    private readonly List<ReadOnlyMemory<byte>> _parts = [];

    public long Length { get; private set; }

    public ProtoMessage Add(int field, long value)
    {
        Varint(((ulong)(uint)field << 3) | 0);
        Varint((ulong)value);
        return this;
    }

    public ProtoMessage Add(int field, float value)
    {
        Varint(((ulong)(uint)field << 3) | 5);
        Part(BitConverter.GetBytes(value));
        return this;
    }

    public ProtoMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    public ProtoMessage Add(int field, ReadOnlyMemory<byte> value)
    {
        Varint(((ulong)(uint)field << 3) | 2);
        Varint((ulong)value.Length);
        Part(value);
        return this;
    }

    public ProtoMessage Add(int field, ProtoMessage value)
    {
        Varint(((ulong)(uint)field << 3) | 2);
        Varint((ulong)value.Length);
        _parts.AddRange(value._parts);
        Length += value.Length;
        return this;
    }

    public void WriteTo(Stream stream)
    {
        foreach (var part in _parts)
        {
            stream.Write(part.Span);
        }
    }

    private void Varint(ulong value)
    {
        var bytes = new byte[10];
        var n = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[n++] = (byte)(value | 0x80);
        }

        bytes[n++] = (byte)value;
        Part(bytes.AsMemory(0, n));
    }

    private void Part(ReadOnlyMemory<byte> part)
    {
        _parts.Add(part);
        Length += part.Length;
    }
}
