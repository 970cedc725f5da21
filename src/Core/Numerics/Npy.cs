using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using OrleansAtlas.Errors;

namespace OrleansAtlas.Numerics;

/// <summary>NumPy's array file, format 1.0 (numpy/lib/format.py): little-endian, C order; reads version 2 and 3 headers too.</summary>
public static partial class Npy
{
    // More than any file holds, and few enough that products of lengths stay exact.
    private const double MostElements = 1L << 50;

    /// <summary>Element types: float16, float32, float64, uint8, int32, int64.</summary>
    private static readonly Dictionary<Type, string> Descriptions = new()
    {
        [typeof(Half)] = "<f2",
        [typeof(float)] = "<f4",
        [typeof(double)] = "<f8",
        [typeof(byte)] = "|u1",
        [typeof(int)] = "<i4",
        [typeof(long)] = "<i8",
    };

    /// <summary>An array as the bytes of a .npy file.</summary>
    /// <param name="values">All elements, row-major; as many as the product of the shape.</param>
    /// <param name="shape">Lengths of the axes.</param>
    public static byte[] ToBytes<T>(ReadOnlySpan<T> values, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var header = Header<T>(shape);
        var data = MemoryMarshal.AsBytes(values);
        var file = new byte[header.Length + data.Length];
        header.CopyTo(file, 0);
        data.CopyTo(file.AsSpan(header.Length));
        return file;
    }

    /// <summary>The header alone, for arrays that are written piece by piece; the elements follow it.</summary>
    public static byte[] Header<T>(params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        var axes = string.Join(", ", shape.ToArray().Select(n => n.ToString(CultureInfo.InvariantCulture)));
        var text = $"{{'descr': '{Descriptions[typeof(T)]}', 'fortran_order': False, 'shape': ({axes}{(shape.Length == 1 ? "," : "")}), }}";
        var length = ((10 + text.Length + 1 + 63) / 64 * 64) - 10;
        var header = new byte[10 + length];
        header[0] = 0x93;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)length);
        Encoding.ASCII.GetBytes(text.PadRight(length - 1) + "\n", header.AsSpan(10));
        return header;
    }

    /// <summary>Reads a .npy file of this element type.</summary>
    /// <exception cref="DamagedFileException">Not such a file; the message says what it is instead.</exception>
    public static NpyArray<T> Parse<T>(ReadOnlySpan<byte> file)
        where T : unmanaged
    {
        var values = View<T>(file, out var shape);
        return new NpyArray<T>(values.ToArray(), shape);
    }

    /// <summary>The elements of a .npy file of this type where they are, row-major.</summary>
    /// <inheritdoc cref="Parse{T}(ReadOnlySpan{byte})" path="/exception"/>
    public static ReadOnlySpan<T> View<T>(ReadOnlySpan<byte> file, out int[] lengths)
        where T : unmanaged
    {
        var (description, shape, offset) = ParseHeader(file);
        if (description != Descriptions[typeof(T)])
        {
            throw new DamagedFileException($"The array holds '{description}', expected '{Descriptions[typeof(T)]}'.");
        }

        lengths = shape;
        var values = MemoryMarshal.Cast<byte, T>(file[offset..]);
        var expected = shape.Aggregate(1L, (product, n) => product * n);
        return values.Length == expected
            ? values
            : throw new DamagedFileException(
                $"The array holds {values.Length} elements, its shape says {expected}: the file is cut short or damaged."
            );
    }

    /// <summary>Reads the header of a .npy file: element type, shape and the offset of the first element.</summary>
    /// <exception cref="DamagedFileException">Not a .npy file in C order.</exception>
    public static (string Description, int[] Shape, int Offset) ParseHeader(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || file[0] != 0x93 || !file[1..6].SequenceEqual("NUMPY"u8))
        {
            throw new DamagedFileException("Not a .npy file: it does not start with \\x93NUMPY.");
        }

        var start = file[6] == 1 ? 10 : 12;
        var length = file[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(file[8..]) : BinaryPrimitives.ReadInt32LittleEndian(file[8..]);
        if (length < 0 || length > file.Length - start)
        {
            throw new DamagedFileException("Not a whole .npy file: it ends inside its header.");
        }

        var text = Encoding.ASCII.GetString(file.Slice(start, length));
        var match = HeaderPattern().Match(text);
        if (!match.Success || match.Groups["order"].Value != "False")
        {
            throw new DamagedFileException($"A .npy header this program does not read: {text.Trim()}");
        }

        var lengths = match
            .Groups["shape"]
            .Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : -1)
            .ToArray();
        var shape =
            Array.IndexOf(lengths, -1) < 0 && lengths.Aggregate(1.0, (product, n) => product * n) <= MostElements
                ? lengths
                : throw new DamagedFileException($"A .npy header with an impossible shape: {text.Trim()}");
        return (match.Groups["descr"].Value, shape, start + length);
    }

    [GeneratedRegex(@"'descr':\s*'(?<descr>[^']+)'.*'fortran_order':\s*(?<order>\w+).*'shape':\s*\((?<shape>[^)]*)\)")]
    private static partial Regex HeaderPattern();
}
