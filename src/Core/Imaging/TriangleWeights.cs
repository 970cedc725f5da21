namespace OrleansAtlas.Imaging;

/// <summary>Weights of a triangle filter along one axis, widened by the scale where the picture shrinks, so that every source
/// pixel counts (Pillow's BILINEAR, libImaging/Resample.c). Fixed point: the weights of an output pixel sum to exactly
/// <see cref="One"/>.</summary>
internal sealed class TriangleWeights
{
    public const int Bits = 14;
    public const int One = 1 << Bits;

    public TriangleWeights(int source, int target)
    {
        var scale = (double)source / target;
        var reach = Math.Max(scale, 1);
        Taps = Math.Min(source, (int)Math.Ceiling(reach) * 2 + 1);
        First = new int[target];
        Weights = new int[target * Taps];
        Span<double> exact = stackalloc double[Taps <= 512 ? Taps : 0];
        exact = Taps <= 512 ? exact : new double[Taps];
        for (var i = 0; i < target; i++)
        {
            var centre = (i + 0.5) * scale;
            // The window is moved inside the picture, not cut, so that all pixels have the same number of taps.
            First[i] = Math.Clamp((int)Math.Floor(centre - reach), 0, source - Taps);
            Fill(exact, First[i], centre, reach);
            Round(exact, Weights.AsSpan(i * Taps, Taps));
        }
    }

    /// <summary>Source pixels that are weighed for an output pixel, the same for all of them.</summary>
    public int Taps { get; }

    /// <summary>First source pixel of each output pixel.</summary>
    public int[] First { get; }

    /// <summary><c>[target, Taps]</c>.</summary>
    public int[] Weights { get; }

    private static void Fill(Span<double> exact, int first, double centre, double reach)
    {
        var sum = 0.0;
        for (var t = 0; t < exact.Length; t++)
        {
            exact[t] = Math.Max(0, 1 - Math.Abs((first + t + 0.5 - centre) / reach));
            sum += exact[t];
        }

        foreach (ref var weight in exact)
        {
            weight /= sum;
        }
    }

    private static void Round(ReadOnlySpan<double> exact, Span<int> weights)
    {
        var (sum, largest) = (0, 0);
        for (var t = 0; t < exact.Length; t++)
        {
            weights[t] = (int)Math.Round(exact[t] * One);
            sum += weights[t];
            largest = weights[t] > weights[largest] ? t : largest;
        }

        weights[largest] += One - sum;
    }
}
