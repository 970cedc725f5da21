using System.Runtime.InteropServices;

namespace OrleansAtlas.Onnx.Import;

/// <summary>Reads the part of HDF5 that Keras's weights files use (HDF5 File Format Specification 1.1): superblock 0, groups as
/// B-trees of names, object headers of version 1, float32 arrays in one piece, and attributes that are lists of text.</summary>
internal sealed class Hdf5Reader
{
    private readonly ReadOnlyMemory<byte> _file;
    private readonly long _root;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 26, 10];

    /// <exception cref="InvalidDataException">Not such a file; the message says why.</exception>
    public Hdf5Reader(ReadOnlyMemory<byte> file)
    {
        _file = file;
        if (file.Length < 8 || !file.Span[..8].SequenceEqual(Signature))
        {
            throw new InvalidDataException("Not an HDF5 file: it does not start with \\x89HDF; give Keras's weights file, which ends in .h5.");
        }

        var at = new Hdf5Bytes(file, 8);
        var version = at.Byte();
        if (version != 0)
        {
            throw Unsupported($"a superblock of version {version}");
        }

        at.Skip(4);
        var (offset, length) = (at.Byte(), at.Byte());
        if (offset != 8 || length != 8)
        {
            throw Unsupported($"addresses of {offset} and lengths of {length} bytes");
        }

        // Sizes of tree nodes, flags, four addresses and the offset of the root's name.
        at.Skip(9 + (4 * 8) + 8);
        _root = at.Int64();
    }

    /// <summary>The strings of a group's attribute, in their order.</summary>
    /// <param name="path">Names of groups with <c>/</c>; empty for the root.</param>
    /// <param name="attribute">Its name.</param>
    public string[] Strings(string path, string attribute)
    {
        if (!Find(path).Attributes.TryGetValue(attribute, out var found))
        {
            throw new InvalidDataException($"The group '/{path}' of the HDF5 file has no attribute '{attribute}': it is not a Keras weights file.");
        }

        var texts = new string[found.Shape.Aggregate(1, (product, n) => product * n)];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text(found, found.Data.Slice(i * found.Type.Size, found.Type.Size));
        }

        return texts;
    }

    /// <summary>A dataset of float32.</summary>
    public (float[] Values, int[] Shape) Floats(string path)
    {
        var dataset = Find(path);
        if (dataset is not { Shape: { } shape, Type: { } type })
        {
            throw new InvalidDataException($"'/{path}' of the HDF5 file is no dataset.");
        }

        if (type is not { Class: Hdf5Type.FloatingPoint, Size: 4, IsLittleEndian: true })
        {
            throw Unsupported($"'/{path}' of type class {type.Class} with {type.Size} bytes an element where float32 is expected");
        }

        var count = shape.Aggregate(1L, (product, n) => product * n);
        return dataset.Data.Length == count * 4
            ? (MemoryMarshal.Cast<byte, float>(dataset.Data.Span).ToArray(), shape)
            : throw new InvalidDataException($"'/{path}' of the HDF5 file holds {dataset.Data.Length} bytes, its shape says {count * 4}: the file is damaged; fetch it again.");
    }

    internal static InvalidDataException Unsupported(string what) =>
        new($"The HDF5 file uses {what}, which is not read here: only files as Keras 2 writes them are; save the weights with h5py's defaults.");

    private Hdf5Object Find(string path)
    {
        var address = _root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            address = Child(Hdf5Object.Read(_file, address), name)
                ?? throw new InvalidDataException($"The HDF5 file has no '/{path}': '{name}' is not there.");
        }

        return Hdf5Object.Read(_file, address);
    }

    private long? Child(Hdf5Object parent, string name)
    {
        if (parent.Group is not { } group)
        {
            return null;
        }

        var heap = new Hdf5Bytes(_file, group.Names);
        heap.Expect("HEAP");
        heap.Skip(4);
        var length = heap.Int64();
        heap.Skip(8);
        var names = new Hdf5Bytes(_file, heap.Int64()).Take(length);
        return Leaves(group.Tree, depth: 0).SelectMany(leaf => Entries(leaf, names)).Where(entry => entry.Name == name).Select(entry => (long?)entry.Header).FirstOrDefault();
    }

    private List<long> Leaves(long address, int depth)
    {
        var at = new Hdf5Bytes(_file, address);
        at.Expect("TREE");
        at.Skip(1);
        var (level, used) = (at.Byte(), at.UInt16());
        if (depth > 16)
        {
            throw new InvalidDataException("The HDF5 file's groups go round in a circle: it is damaged; fetch it again.");
        }

        at.Skip(16);
        var leaves = new List<long>();
        for (var i = 0; i < used; i++)
        {
            at.Skip(8);
            var child = at.Int64();
            leaves.AddRange(level == 0 ? [child] : Leaves(child, depth + 1));
        }

        return leaves;
    }

    private List<(string Name, long Header)> Entries(long leaf, ReadOnlyMemory<byte> names)
    {
        var at = new Hdf5Bytes(_file, leaf);
        at.Expect("SNOD");
        at.Skip(2);
        var entries = new List<(string, long)>();
        for (var count = at.UInt16(); count > 0; count--)
        {
            var (name, header) = (at.Int64(), at.Int64());
            at.Skip(24);
            entries.Add((Hdf5Bytes.Text(new Hdf5Bytes(names, name).Take(names.Length - name).Span), header));
        }

        return entries;
    }

    private string Text(Hdf5Attribute attribute, ReadOnlyMemory<byte> element)
    {
        if (attribute.Type.Class == Hdf5Type.FixedText)
        {
            return Hdf5Bytes.Text(element.Span);
        }

        if (!attribute.Type.IsVariableText)
        {
            throw Unsupported($"an attribute '{attribute.Name}' of type class {attribute.Type.Class} where text is expected");
        }

        var at = new Hdf5Bytes(element, 0);
        var (length, heap, index) = (at.UInt32(), at.Int64(), at.UInt32());
        return Hdf5Bytes.Text(new Hdf5Bytes(GlobalHeapObject(heap, index), 0).Take(length).Span);
    }

    private ReadOnlyMemory<byte> GlobalHeapObject(long address, uint index)
    {
        var at = new Hdf5Bytes(_file, address);
        at.Expect("GCOL");
        at.Skip(4);
        var end = address + at.Int64();
        while (at.Position + 16 <= end)
        {
            var number = at.UInt16();
            at.Skip(6);
            var size = at.Int64();
            if (number == index)
            {
                return at.Take(size);
            }

            if (number == 0)
            {
                break;
            }

            at.Skip((size + 7) / 8 * 8);
        }

        throw new InvalidDataException($"The HDF5 file refers to text {index} at byte {address} that is not there: it is damaged; fetch it again.");
    }
}
