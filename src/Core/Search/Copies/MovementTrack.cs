using System.Numerics.Tensors;

namespace OrleansAtlas.Search.Copies;

/// <summary>A film's looks at evenly spaced times.</summary>
/// <param name="Start">Seconds of the first.</param>
/// <param name="Step">Seconds between two.</param>
/// <param name="Looks"><c>[Count, Width]</c>.</param>
/// <param name="Width">Numbers in a look.</param>
internal sealed record MovementTrack(double Start, double Step, float[] Looks, int Width)
{
    public int Count => Looks.Length / Width;

    public ReadOnlySpan<float> this[int index] => Looks.AsSpan(index * Width, Width);

    /// <summary>Looks between those of a film are mixed from their neighbours.</summary>
    /// <param name="times">Times of the film's looks, rising.</param>
    /// <param name="looks"><c>[n, width]</c>.</param>
    /// <param name="start">First time.</param>
    /// <param name="step">Seconds between two.</param>
    /// <param name="most">Most looks.</param>
    public static MovementTrack Resample(double[] times, float[] looks, double start, double step, int most = int.MaxValue)
    {
        var width = looks.Length / times.Length;
        var count = Math.Clamp((int)Math.Floor(((times[^1] - start) / step) + 1e-6) + 1, 0, most);
        var result = new float[count * width];
        for (var (i, before) = (0, 0); i < count; i++)
        {
            var time = start + (i * step);
            while (before + 2 < times.Length && times[before + 1] <= time)
            {
                before++;
            }

            var target = result.AsSpan(i * width, width);
            var left = looks.AsSpan(before * width, width);
            var right = looks.AsSpan(Math.Min(before + 1, times.Length - 1) * width, width);
            var share = times.Length < 2 ? 0 : (float)Math.Clamp((time - times[before]) / (times[before + 1] - times[before]), 0, 1);
            TensorPrimitives.Subtract(right, left, target);
            TensorPrimitives.MultiplyAdd(target, share, left, target);
        }

        return new MovementTrack(start, step, result, width);
    }
}
