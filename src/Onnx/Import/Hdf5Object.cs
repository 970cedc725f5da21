namespace OrleansAtlas.Onnx.Import;

/// <summary>An object header of version 1, read: what a group's or dataset's messages say.</summary>
internal sealed class Hdf5Object
{
    private const int MostMessages = 4096;

    private Hdf5Object() { }

    /// <summary>Dataset: its shape; null for a group.</summary>
    public int[]? Shape { get; private set; }

    public Hdf5Type? Type { get; private set; }

    /// <summary>Dataset: where its elements are, contiguous or in the header itself.</summary>
    public ReadOnlyMemory<byte> Data { get; private set; }

    /// <summary>Group: addresses of its B-tree and of its names; null for a dataset.</summary>
    public (long Tree, long Names)? Group { get; private set; }

    public Dictionary<string, Hdf5Attribute> Attributes { get; } = [];

    public static Hdf5Object Read(ReadOnlyMemory<byte> file, long address)
    {
        var header = new Hdf5Bytes(file, address);
        var version = header.Byte();
        if (version != 1)
        {
            throw Hdf5Reader.Unsupported($"an object header that is not of version 1 at byte {address}");
        }

        header.Skip(1);
        var messages = header.UInt16();
        header.Skip(4);
        var size = header.UInt32();
        header.Skip(4);
        var result = new Hdf5Object();
        var blocks = new Queue<(long Start, long Length)>([(header.Position, size)]);
        var read = 0;
        while (read < Math.Min(messages, (ushort)MostMessages) && blocks.TryDequeue(out var block))
        {
            var at = new Hdf5Bytes(file, block.Start);
            for (; at.Position + 8 <= block.Start + block.Length && read < messages; read++)
            {
                var (type, length, flags) = (at.UInt16(), at.UInt16(), at.Byte());
                at.Skip(3);
                var body = at.Position;
                if ((flags & 2) != 0)
                {
                    throw Hdf5Reader.Unsupported($"a shared message at byte {body}");
                }

                result.Message(file, type, body, blocks);
                at.Skip(length);
            }
        }

        return result;
    }

    private void Message(ReadOnlyMemory<byte> file, ushort type, long position, Queue<(long Start, long Length)> blocks)
    {
        var at = new Hdf5Bytes(file, position);
        switch (type)
        {
            case 0x01:
                Shape = Hdf5Type.ReadShape(ref at);
                break;
            case 0x03:
                Type = Hdf5Type.Read(ref at);
                break;
            case 0x08:
                Data = ReadLayout(file, ref at);
                break;
            case 0x0B:
                throw Hdf5Reader.Unsupported("a compressed dataset");
            case 0x0C:
                var attribute = Hdf5Attribute.Read(ref at);
                Attributes[attribute.Name] = attribute;
                break;
            case 0x10:
                blocks.Enqueue((at.Int64(), at.Int64()));
                break;
            case 0x11:
                Group = (at.Int64(), at.Int64());
                break;
            case 0x02 or 0x06:
                throw Hdf5Reader.Unsupported("a group of the newer kind, with links in its header");
        }
    }

    private static ReadOnlyMemory<byte> ReadLayout(ReadOnlyMemory<byte> file, ref Hdf5Bytes at)
    {
        var (version, kind) = (at.Byte(), at.Byte());
        if (version == 3 && kind == 0)
        {
            return at.Take(at.UInt16());
        }

        if (version != 3 || kind != 1)
        {
            throw Hdf5Reader.Unsupported($"a dataset that is not stored in one piece (layout version {version}, class {kind})");
        }

        var (address, size) = (at.Int64(), at.Int64());
        return size == 0 ? default : new Hdf5Bytes(file, address).Take(size);
    }
}
