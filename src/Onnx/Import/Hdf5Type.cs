namespace OrleansAtlas.Onnx.Import;

/// <summary>An element type.</summary>
/// <param name="Class">1 floating point, 3 text of fixed length, 9 of variable length, and others.</param>
/// <param name="Size">Bytes an element.</param>
internal sealed record Hdf5Type(int Class, int Size)
{
    public const int FloatingPoint = 1;
    public const int FixedText = 3;
    public const int VariableLength = 9;

    private const int MostElements = 1 << 28;

    public bool IsLittleEndian { get; private init; } = true;

    public bool IsVariableText { get; private init; }

    public static Hdf5Type Read(ref Hdf5Bytes at)
    {
        var first = at.Byte();
        var bits = at.Byte();
        at.Skip(2);
        return new Hdf5Type(first & 15, (int)at.UInt32()) { IsLittleEndian = (bits & 1) == 0, IsVariableText = (first & 15) == VariableLength && (bits & 15) == 1 };
    }

    /// <summary>A dataspace message, version 1 or 2.</summary>
    public static int[] ReadShape(ref Hdf5Bytes at)
    {
        var (version, rank) = (at.Byte(), at.Byte());
        if (version is not (1 or 2) || rank > 8)
        {
            throw Hdf5Reader.Unsupported($"a shape of version {version} with {rank} axes");
        }

        at.Skip(version == 1 ? 6 : 2);
        var shape = new int[rank];
        var count = 1L;
        for (var i = 0; i < rank; i++)
        {
            var length = at.Int64();
            if (length is < 0 or > MostElements || (count *= length) > MostElements)
            {
                throw new InvalidDataException($"The HDF5 file has an array with an axis of {length} at byte {at.Position - 8}: it is damaged; fetch it again.");
            }

            shape[i] = (int)length;
        }

        return shape;
    }
}

/// <summary>An attribute: a small named array.</summary>
internal sealed record Hdf5Attribute(string Name, Hdf5Type Type, int[] Shape, ReadOnlyMemory<byte> Data)
{
    public static Hdf5Attribute Read(ref Hdf5Bytes at)
    {
        var (version, flags) = (at.Byte(), at.Byte());
        if (version is < 1 or > 3 || (version > 1 && flags != 0))
        {
            throw Hdf5Reader.Unsupported($"an attribute of version {version} with flags {flags}");
        }

        var (name, type, shape) = (at.UInt16(), at.UInt16(), at.UInt16());
        at.Skip(version == 3 ? 1 : 0);
        long Padded(int length) => version == 1 ? (length + 7) / 8 * 8 : length;

        var title = Hdf5Bytes.Text(at.Take(Padded(name)).Span);
        var start = at.Position;
        var element = Hdf5Type.Read(ref at);
        at.Skip(start + Padded(type) - at.Position);
        start = at.Position;
        var axes = Hdf5Type.ReadShape(ref at);
        at.Skip(start + Padded(shape) - at.Position);
        return new Hdf5Attribute(title, element, axes, at.Take(axes.Aggregate((long)element.Size, (product, n) => product * n)));
    }
}
