namespace OrleansAtlas.Imaging;

/// <summary>A colour in 8-bit sRGB.</summary>
public readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>Paper.</summary>
    public static Rgb White { get; } = new(255, 255, 255);

    /// <summary>A colour written as <c>#rrggbb</c>.</summary>
    public static Rgb Hex(uint value) => new((byte)(value >> 16), (byte)(value >> 8), (byte)value);

    /// <summary>The colour this share of the way to another, in sRGB.</summary>
    public Rgb Mix(Rgb other, double share) => new(Mix(R, other.R, share), Mix(G, other.G, share), Mix(B, other.B, share));

    /// <summary>White or black, whichever reads better on it (by the lightness of ITU-R BT.709).</summary>
    public Rgb ReadableInk => (0.2126 * R) + (0.7152 * G) + (0.0722 * B) > 150 ? new(0, 0, 0) : White;

    /// <inheritdoc/>
    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";

    private static byte Mix(byte from, byte to, double share) => (byte)Math.Round(from + ((to - from) * share));
}
