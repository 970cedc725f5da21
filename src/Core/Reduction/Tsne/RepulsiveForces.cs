using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Tsne;

/// <summary>How frames in the plane push each other apart in t-SNE: <c>sum over j of w^2 (yi - yj) / sum of all w</c> with <c>w = 1 / (1 +
/// |yi - yj|^2)</c>.
/// Each row is summed on its own and the rows in order, so the bytes are the same for any number of threads.</summary>
internal sealed class RepulsiveForces
{
    /// <summary>Rows that one thread takes at a time.</summary>
    public const int Block = 64;

    // Beyond every frame: what pads the sample pushes nobody.
    private const float FarAway = 1e15f;

    private readonly int _sample;
    private readonly bool[] _sampled;
    private readonly float[] _sampleX;
    private readonly float[] _sampleY;
    private readonly double[] _sums;

    public RepulsiveForces(int frames, int sample)
    {
        (X, Y, _sums, _sampled) = (new float[frames], new float[frames], new double[frames], new bool[frames]);
        _sample = sample;
        (_sampleX, _sampleY) = (new float[AlignedBuffer.Padded(sample)], new float[AlignedBuffer.Padded(sample)]);
    }

    public float[] X { get; }

    public float[] Y { get; }

    public void Compute(float[] x, float[] y, Xoshiro256 random)
    {
        Draw(x, y, random);
        Parallel.For(
            0,
            (x.Length + Block - 1) / Block,
            block =>
            {
                for (var i = block * Block; i < Math.Min(x.Length, (block + 1) * Block); i++)
                {
                    (X[i], Y[i], _sums[i]) = Push(x[i], y[i]);
                    _sums[i] -= _sampled[i] ? 1 : 0;
                }
            }
        );

        // The sample stands for all in both sums, so its share cancels.
        var total = (float)(1 / Math.Max(double.Epsilon, _sums.Sum()));
        for (var i = 0; i < x.Length; i++)
        {
            (X[i], Y[i]) = (X[i] * total, Y[i] * total);
        }
    }

    private void Draw(float[] x, float[] y, Xoshiro256 random)
    {
        Array.Clear(_sampled);
        for (var s = 0; s < _sample; s++)
        {
            // One frame of each of as many equal runs: spread evenly, never twice the same.
            var (from, to) = ((int)((long)x.Length * s / _sample), (int)((long)x.Length * (s + 1) / _sample));
            var i = to - from > 1 ? from + random.Next(to - from) : from;
            (_sampleX[s], _sampleY[s], _sampled[i]) = (x[i], y[i], true);
        }

        _sampleX.AsSpan(_sample).Fill(FarAway);
        _sampleY.AsSpan(_sample).Fill(FarAway);
    }

    private (float X, float Y, double Sum) Push(float atX, float atY)
    {
        var xs = MemoryMarshal.Cast<float, Vector512<float>>(_sampleX.AsSpan());
        var ys = MemoryMarshal.Cast<float, Vector512<float>>(_sampleY.AsSpan());
        var (x, y, sum) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        var (ownX, ownY) = (Vector512.Create(atX), Vector512.Create(atY));
        for (var v = 0; v < xs.Length; v++)
        {
            var (dx, dy) = (ownX - xs[v], ownY - ys[v]);
            var w = Vector512<float>.One / Vector512.FusedMultiplyAdd(dx, dx, Vector512.FusedMultiplyAdd(dy, dy, Vector512<float>.One));
            sum += w;
            w *= w;
            x = Vector512.FusedMultiplyAdd(w, dx, x);
            y = Vector512.FusedMultiplyAdd(w, dy, y);
        }

        return (Vector512.Sum(x), Vector512.Sum(y), Vector512.Sum(sum));
    }
}
