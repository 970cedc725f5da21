using System.Numerics.Tensors;
using OrleansAtlas.Search.Pictures;

namespace OrleansAtlas.Search.Copies;

/// <summary>What a picture is recognised by: its slow changes over the picture, the lowest 63 coefficients of its cosine transform, and
/// their signs as bits, as perceptual hashes have them.</summary>
/// <remarks>A coefficient weighs as much as its frequency, for in photos the slow ones are much larger. Turning a picture only exchanges
/// coefficients and changes signs, so it is not read again.</remarks>
/// <param name="Bits">Signs; the lowest frequency is bit 0.</param>
/// <param name="Shares">Coefficients of unit length, in the order of the bits.</param>
internal readonly record struct PictureHash(ulong Bits, float[] Shares)
{
    /// <summary>Coefficients, one of them the mean, which is 0.</summary>
    public const int Count = Frequencies * Frequencies;

    private const int Frequencies = 8;
    private const int Read = 16;

    // A picture plainer than this many grey levels (root mean square) is like every other plain one.
    private const double Plain = 3;

    private static readonly float[] Cosines =
    [
        .. from frequency in Enumerable.Range(0, Frequencies)
        from place in Enumerable.Range(0, Read)
        select (float)(Math.Cos(Math.PI * frequency * (place + 0.5) / Read) * (frequency == 0 ? 1 : Math.Sqrt(2)) / Read),
    ];

    /// <summary>Place in the order of bits of a frequency across and one down: the lowest first, the mean last.</summary>
    private static readonly (int Across, int Down)[] Order =
    [
        .. Enumerable
            .Range(1, Count - 1)
            .Select(i => (Across: i % Frequencies, Down: i / Frequencies))
            .OrderBy(f => (f.Across * f.Across) + (f.Down * f.Down))
            .ThenBy(f => f.Across)
            .Append((0, 0)),
    ];

    private static readonly int[] Exchanged = [.. Order.Select(f => Array.IndexOf(Order, (f.Down, f.Across)))];

    /// <summary>The hash of a view; null where it is plain.</summary>
    public static PictureHash? Of(ReadOnlySpan<byte> grey, PictureView view)
    {
        Span<float> pixels = stackalloc float[Read * Read];
        Span<float> rows = stackalloc float[Frequencies * Read];
        view.Read(grey, Read, Read, pixels);
        for (var down = 0; down < Frequencies; down++)
        {
            var target = rows.Slice(down * Read, Read);
            target.Clear();
            for (var y = 0; y < Read; y++)
            {
                TensorPrimitives.MultiplyAdd(pixels.Slice(y * Read, Read), Cosines[(down * Read) + y], target, target);
            }
        }

        var shares = new float[Count];
        var energy = 0.0;
        for (var i = 0; i < Count - 1; i++)
        {
            var (across, down) = Order[i];
            var coefficient = TensorPrimitives.Dot(rows.Slice(down * Read, Read), Cosines.AsSpan(across * Read, Read));
            energy += coefficient * coefficient;
            shares[i] = coefficient * MathF.Sqrt((across * across) + (down * down));
        }

        if (energy < Plain * Plain)
        {
            return null;
        }

        TensorPrimitives.Divide(shares, TensorPrimitives.Norm<float>(shares), shares);
        return new PictureHash(Signs(shares), shares);
    }

    /// <summary>The hash of the same picture turned, and as a negative where <paramref name="sign"/> is -1.</summary>
    public PictureHash Turned(PictureTurn turn, int sign)
    {
        var shares = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            var (across, down) = Order[i];
            var transposed = turn.HasFlag(PictureTurn.Transposed);
            var from = transposed ? Exchanged[i] : i;
            var odd =
                (turn.HasFlag(PictureTurn.Mirrored) ? (transposed ? down : across) : 0)
                + (turn.HasFlag(PictureTurn.Flipped) ? (transposed ? across : down) : 0);
            shares[i] = Shares[from] * (odd % 2 == 0 ? sign : -sign);
        }

        return new PictureHash(Signs(shares), shares);
    }

    private static ulong Signs(float[] shares)
    {
        var bits = 0UL;
        for (var i = 0; i < Count; i++)
        {
            bits |= (shares[i] > 0 ? 1UL : 0) << i;
        }

        return bits;
    }
}
