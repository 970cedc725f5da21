using System.Buffers.Binary;
using System.Text;

namespace OrleansAtlas.Onnx.Import;

/// <summary>A place in an HDF5 file from which little-endian fields are read one after the other.</summary>
internal struct Hdf5Bytes(ReadOnlyMemory<byte> file, long position)
{
    private readonly ReadOnlyMemory<byte> _file = file;

    public long Position { get; private set; } = position;

    public byte Byte() => Take(1).Span[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2).Span);

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span);

    /// <summary>An address or a length, 8 bytes in the files read here.</summary>
    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8).Span);

    public void Skip(long count) => Position += count;

    public ReadOnlyMemory<byte> Take(long count)
    {
        if (Position < 0 || count < 0 || Position > _file.Length - count)
        {
            throw new InvalidDataException($"The HDF5 file ends before byte {Position + count}: it is cut short or damaged; fetch it again.");
        }

        var taken = _file.Slice((int)Position, (int)count);
        Position += count;
        return taken;
    }

    public void Expect(string signature)
    {
        var found = Encoding.Latin1.GetString(Take(signature.Length).Span);
        if (found != signature)
        {
            throw new InvalidDataException($"The HDF5 file has '{found}' at byte {Position - signature.Length} where '{signature}' must be: it is damaged; fetch it again.");
        }
    }

    public static string Text(ReadOnlySpan<byte> padded)
    {
        var end = padded.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? padded : padded[..end]);
    }
}
