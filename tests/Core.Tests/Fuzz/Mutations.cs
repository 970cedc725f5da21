namespace OrleansAtlas.Tests.Fuzz;

/// <summary>Inputs made from whole ones by what damages files: flipped, lost, doubled and foreign bytes. The same for the same
/// seed.</summary>
internal sealed class Mutations(int seed)
{
    private readonly Random _random = new(seed);

    // Numbers that parsers of lengths and counts get wrong.
    private static readonly byte[][] Foreign =
    [
        [0, 0, 0, 0],
        [0xff, 0xff, 0xff, 0xff],
        [0x7f, 0xff, 0xff, 0xff],
        [0xff, 0xff, 0xff, 0x7f],
        [0x80, 0, 0, 0],
        "-1"u8.ToArray(),
        "99999999999999999999"u8.ToArray(),
        "1e308"u8.ToArray(),
        "NaN"u8.ToArray(),
        "null"u8.ToArray(),
    ];

    /// <summary>An input that differs from a whole one in one to eight places.</summary>
    public byte[] Next(byte[] whole)
    {
        var bytes = whole;
        for (var changes = _random.Next(1, 9); changes > 0; changes--)
        {
            bytes = Change(bytes);
        }

        return bytes;
    }

    private byte[] Change(byte[] bytes)
    {
        var at = _random.Next(bytes.Length + 1);
        var length = Math.Min(_random.Next(1, 33), bytes.Length - at);
        var foreign = Foreign[_random.Next(Foreign.Length)];
        switch (_random.Next(6))
        {
            case 0 when at < bytes.Length:
                var flipped = (byte[])bytes.Clone();
                flipped[at] ^= (byte)_random.Next(1, 256);
                return flipped;
            case 1:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 2:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 3:
                return bytes[..at];
            case 4:
                return [.. bytes[..at], .. foreign, .. bytes[at..]];
            default:
                return
                [
                    .. bytes[..at],
                    .. foreign[..Math.Min(foreign.Length, length)],
                    .. bytes[(at + Math.Min(foreign.Length, length))..],
                ];
        }
    }
}
