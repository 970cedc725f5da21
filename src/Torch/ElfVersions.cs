using System.Buffers.Binary;
using System.Text;

namespace OrleansAtlas.Torch;

// Why: docs/decisions/torch.md
/// <summary>The versions of other libraries that a shared library of 64 bits (ELF, little endian) asks for.</summary>
internal static class ElfVersions
{
    private const uint NeededVersions = 0x6ffffffe;
    private const ushort Weak = 2;

    /// <summary>Marks a version as one that may be missing.</summary>
    /// <param name="library">The file; it is changed.</param>
    /// <param name="version">Such as <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>False where the library does not ask for it.</returns>
    /// <exception cref="InvalidDataException">Not such a library, or a damaged one.</exception>
    public static bool Weaken(Span<byte> library, string version)
    {
        try
        {
            return Mark(library, version);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new InvalidDataException("The library breaks off.", error);
        }
    }

    private static bool Mark(Span<byte> library, string version)
    {
        if (!library.StartsWith("\x7f"u8) || !library[1..].StartsWith("ELF\x02\x01"u8))
        {
            throw new InvalidDataException("Not a shared library of 64 bits.");
        }

        var sections = library[(int)Long(library, 0x28)..];
        var size = Short(library, 0x3a);
        for (var i = 0; i < Short(library, 0x3c); i++)
        {
            var section = sections.Slice(i * size, size);
            if (Int(section, 4) == NeededVersions)
            {
                var names = sections.Slice((int)Int(section, 0x28) * size, size);
                return MarkIn(library[(int)Long(section, 0x18)..], library[(int)Long(names, 0x18)..], version);
            }
        }

        return false;
    }

    private static bool MarkIn(Span<byte> needs, ReadOnlySpan<byte> names, string version)
    {
        var found = false;
        for (var next = 1u; next != 0; needs = needs[(int)next..])
        {
            var versions = needs[(int)Int(needs, 8)..];
            for (var left = Short(needs, 2); left > 0; left--)
            {
                var name = names[(int)Int(versions, 8)..];
                if (Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]) == version)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(versions[4..], (ushort)(Short(versions, 4) | Weak));
                    found = true;
                }

                versions = versions[(int)Int(versions, 12)..];
            }

            next = Int(needs, 12);
        }

        return found;
    }

    private static ushort Short(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt16LittleEndian(from[at..]);

    private static uint Int(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt32LittleEndian(from[at..]);

    private static ulong Long(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt64LittleEndian(from[at..]);
}
