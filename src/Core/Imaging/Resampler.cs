using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OrleansAtlas.Imaging;

/// <summary>Scales a picture so that it covers a rectangle: what stands over at two sides is cropped evenly, nothing is stretched.
/// The filter is Catmull-Rom's cubic, widened by the scale when it shrinks (Mitchell and Netravali 1988, B = 0, C = 1/2).</summary>
public sealed class Resampler
{
    private readonly RgbImage _source;
    private readonly Taps _columns;
    private readonly Taps _rows;

    /// <param name="source">The picture.</param>
    /// <param name="width">Pixels a row of the result.</param>
    /// <param name="height">Rows of the result.</param>
    public Resampler(RgbImage source, int width, int height)
    {
        _source = source;
        var scale = Math.Min((double)source.Width / width, (double)source.Height / height);
        _columns = new Taps((source.Width - (scale * width)) / 2, scale, width, source.Width);
        _rows = new Taps((source.Height - (scale * height)) / 2, scale, height, source.Height);
    }

    /// <summary>The whole result.</summary>
    public static RgbImage Cover(RgbImage source, int width, int height)
    {
        var result = new RgbImage(width, height);
        new Resampler(source, width, height).Fill(0, height, result.Pixels, 0, width * 3);
        return result;
    }

    /// <summary>Writes some rows of the result.</summary>
    /// <param name="top">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="target">Where to.</param>
    /// <param name="offset">Byte of the first row's first pixel in <paramref name="target"/>.</param>
    /// <param name="stride">Bytes from a row of <paramref name="target"/> to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int top, int count, byte[] target, int offset, int stride)
    {
        var length = _columns.Count * 3;
        if (_columns.AreIdentity && _rows.AreIdentity)
        {
            for (var y = 0; y < count; y++)
            {
                _source
                    .Pixels.AsSpan((((_rows.First[top + y] * _source.Width) + _columns.First[0]) * 3), length)
                    .CopyTo(target.AsSpan(offset + (y * stride)));
            }

            return;
        }

        // Rows of the source that were scaled across, kept for as long as the rows of the result need them.
        var ring = new float[_rows.Length][];
        var held = new int[_rows.Length];
        Array.Fill(held, -1);
        var sum = new float[length];
        var bytes = new float[(_source.Width * 3) + 1];
        for (var y = top; y < top + count; y++)
        {
            Array.Clear(sum);
            for (var tap = 0; tap < _rows.Length; tap++)
            {
                var row = _rows.Row(y, tap);
                var slot = row % _rows.Length;
                if (held[slot] != row)
                {
                    held[slot] = row;
                    Across(row, bytes, ring[slot] ??= new float[length + 1]);
                }

                TensorPrimitives.MultiplyAdd(ring[slot].AsSpan(0, length), _rows.Weight(y, tap), sum, sum);
            }

            ToBytes(sum, target.AsSpan(offset + ((y - top) * stride), length));
        }
    }

    /// <summary>Scales a row of the source across; the three colours of a pixel, and one number that is not used, go together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Long loops: there is no time to find out by running them.
    private void Across(int row, float[] source, float[] result)
    {
        TensorPrimitives.ConvertTruncating<byte, float>(_source.Pixels.AsSpan(row * _source.Width * 3, _source.Width * 3), source);
        for (var x = 0; x < _columns.Count; x++)
        {
            var sum = Vector128<float>.Zero;
            for (var tap = 0; tap < _columns.Length; tap++)
            {
                sum += Vector128.Create<float>(source.AsSpan(_columns.Row(x, tap) * 3, 4)) * _columns.Weight(x, tap);
            }

            sum.CopyTo(result.AsSpan(x * 3, 4));
        }
    }

    private static void ToBytes(Span<float> values, Span<byte> bytes)
    {
        TensorPrimitives.Add(values, 0.5f, values);
        TensorPrimitives.ConvertSaturating<float, byte>(values, bytes);
    }

    /// <summary>For every pixel of the result along one axis, the pixels of the source it is mixed from.</summary>
    private sealed class Taps
    {
        private readonly float[] _weights;
        private readonly int _last;

        public Taps(double start, double scale, int count, int sourceLength)
        {
            var support = 2 * Math.Max(1, scale);
            Count = count;
            Length = Math.Min(sourceLength, (int)Math.Ceiling(2 * support) + 1);
            First = new int[count];
            _last = sourceLength - 1;
            _weights = new float[count * Length];
            AreIdentity = scale == 1 && start == Math.Floor(start);
            for (var i = 0; i < count; i++)
            {
                var centre = start + ((i + 0.5) * scale) - 0.5;
                First[i] = AreIdentity ? (int)centre : Math.Clamp((int)Math.Ceiling(centre - support), 0, sourceLength - Length);
                var weights = _weights.AsSpan(i * Length, Length);
                for (var tap = 0; tap < Length; tap++)
                {
                    weights[tap] = (float)Cubic((First[i] + tap - centre) / Math.Max(1, scale));
                }

                TensorPrimitives.Divide(weights, TensorPrimitives.Sum<float>(weights), weights);
            }
        }

        public int Count { get; }

        public int Length { get; }

        public int[] First { get; }

        public bool AreIdentity { get; }

        public int Row(int i, int tap) => Math.Min(First[i] + tap, _last);

        public float Weight(int i, int tap) => _weights[(i * Length) + tap];

        private static double Cubic(double at) =>
            Math.Abs(at) switch
            {
                < 1 and var x => (((1.5 * x) - 2.5) * x * x) + 1,
                < 2 and var x => (((((-0.5 * x) + 2.5) * x) - 4) * x) + 2,
                _ => 0,
            };
    }
}
