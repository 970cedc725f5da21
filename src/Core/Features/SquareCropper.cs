using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Features;

/// <summary>Cuts the two squares out of a frame and resizes them to a model's input: left and right of a wide frame
/// (overlapping where they must), top and bottom of a tall one, the same square twice of a square one.
/// Keeps its tables and buffers between frames of one size; one instance a thread.</summary>
/// <param name="side">Side of the model's input in pixels.</param>
public sealed class SquareCropper(int side)
{
    // Between the passes a value keeps this many bits below the point: 8 + 7 bits, times 14 of a weight, fit 31.
    private const int FractionBits = 7;

    // Down and Across are compiled at their best at once: a run of clips is half over before the runtime would.
    private int _square;
    private TriangleWeights _resampling = new(1, 1);
    private ushort[] _row = [];

    /// <summary>Side of the squares it writes, in pixels.</summary>
    public int Side => side;

    /// <summary>Bytes of the two squares of a frame.</summary>
    public int BytesPerFrame => Descriptor.SquaresPerFrame * side * side * 3;

    /// <summary>Writes a frame's two squares.</summary>
    /// <param name="frame">The frame, upright.</param>
    /// <param name="squares">Receives RGB8 <c>[2, side, side, 3]</c>, <see cref="BytesPerFrame"/> long.</param>
    public void Crop(RgbImage frame, Span<byte> squares)
    {
        ArgumentNullException.ThrowIfNull(frame);
        Prepare(Math.Min(frame.Width, frame.Height));
        var half = BytesPerFrame / 2;
        var first = squares[..half];
        var second = squares.Slice(half, half);
        Resize(frame, 0, 0, first);
        if (frame.Width == frame.Height)
        {
            first.CopyTo(second);
        }
        else
        {
            Resize(frame, frame.Width - _square, frame.Height - _square, second);
        }
    }

    private void Prepare(int square)
    {
        if (square != _square)
        {
            _square = square;
            _resampling = new TriangleWeights(square, side);
            // One value more than a row, since pixels are read as four values.
            _row = new ushort[square * 3 + 1];
        }
    }

    private void Resize(RgbImage frame, int left, int top, Span<byte> target)
    {
        ReadOnlySpan<byte> source = frame.Span;
        var (stride, taps) = (frame.Width * 3, _resampling.Taps);
        for (var y = 0; y < side; y++)
        {
            var start = (top + _resampling.First[y]) * stride + left * 3;
            Down(source[start..], stride, _resampling.Weights.AsSpan(y * taps, taps));
            Across(target.Slice(y * side * 3, side * 3));
        }
    }

    /// <summary>One output row from the source rows it weighs, still at the source's width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Down(ReadOnlySpan<byte> source, int stride, ReadOnlySpan<int> weights)
    {
        const int Shift = TriangleWeights.Bits - FractionBits;
        var length = _square * 3;
        var row = _row.AsSpan(0, length);
        var x = 0;
        ref var pixels = ref MemoryMarshal.GetReference(source);
        for (; x <= length - Vector128<byte>.Count; x += Vector128<byte>.Count)
        {
            var (a, b, c, d) = (Half, Half, Half, Half);
            for (var t = 0; t < weights.Length; t++)
            {
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref pixels, (nuint)(t * stride + x)));
                var (p, q) = Vector128.Widen(low);
                var (r, s) = Vector128.Widen(high);
                var weight = Vector128.Create((uint)weights[t]);
                a += p * weight;
                b += q * weight;
                c += r * weight;
                d += s * weight;
            }

            Vector128.Narrow(a >> Shift, b >> Shift).CopyTo(row[x..]);
            Vector128.Narrow(c >> Shift, d >> Shift).CopyTo(row[(x + 8)..]);
        }

        for (; x < length; x++)
        {
            var sum = 1u << (Shift - 1);
            for (var t = 0; t < weights.Length; t++)
            {
                sum += source[t * stride + x] * (uint)weights[t];
            }

            row[x] = (ushort)(sum >> Shift);
        }
    }

    /// <summary>The output row from <see cref="_row"/>: a pixel is one vector of red, green, blue and a value that is not used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Across(Span<byte> target)
    {
        const int Shift = TriangleWeights.Bits + FractionBits;
        var (first, weights, taps) = (_resampling.First, _resampling.Weights, _resampling.Taps);
        ref var row = ref MemoryMarshal.GetArrayDataReference(_row);
        for (var x = 0; x < side; x++)
        {
            var sum = Vector128.Create(1u << (Shift - 1));
            for (var t = 0; t < taps; t++)
            {
                var pixel = Vector64.LoadUnsafe(ref row, (nuint)((first[x] + t) * 3));
                sum += Vector128.WidenLower(pixel.ToVector128Unsafe()) * Vector128.Create((uint)weights[x * taps + t]);
            }

            sum >>= Shift;
            target[x * 3] = (byte)sum[0];
            target[x * 3 + 1] = (byte)sum[1];
            target[x * 3 + 2] = (byte)sum[2];
        }
    }

    private static Vector128<uint> Half => Vector128.Create(1u << (TriangleWeights.Bits - FractionBits - 1));
}
