using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OrleansAtlas.Numerics;

/// <summary>Passes over a row-major matrix <c>[rows, width]</c>, sixteen columns at a time, for what stands between two matrix
/// products: bias, ELU, batch normalisation and their gradients. Sums over rows are taken in runs of 64, then over the runs,
/// which keeps float32's error near that of one run.</summary>
internal static unsafe class ColumnKernel
{
    private const int Run = 64;

    public static void AddBias(float* x, int rows, int width, float* bias)
    {
        for (var j = 0; j < width; j += 16)
        {
            var b = Vector512.Load(bias + j);
            var p = x + j;
            for (var r = 0; r < rows; r++, p += width)
            {
                (Vector512.Load(p) + b).Store(p);
            }
        }
    }

    /// <summary><c>x + bias</c> where positive, else 0.</summary>
    public static void Rectify(float* x, int rows, int width, float* bias)
    {
        for (var r = 0; r < rows; r++, x += width)
        {
            for (var j = 0; j < width; j += 16)
            {
                Vector512.Max(Vector512.Load(x + j) + Vector512.Load(bias + j), Vector512<float>.Zero).Store(x + j);
            }
        }
    }

    /// <summary>The gradient by what was rectified, in place: 0 where the activation is.</summary>
    public static void RectifyGradient(float* gradient, float* x, int rows, int width)
    {
        for (nint at = 0, end = (nint)rows * width; at < end; at += 16)
        {
            Vector512
                .ConditionalSelect(
                    Vector512.GreaterThan(Vector512.Load(x + at), Vector512<float>.Zero),
                    Vector512.Load(gradient + at),
                    Vector512<float>.Zero
                )
                .Store(gradient + at);
        }
    }

    /// <summary><c>x + bias</c> where positive, else <c>exp(x + bias) - 1</c>.</summary>
    public static void Elu(float* x, int rows, int width, float* bias)
    {
        for (var j = 0; j < width; j += 16)
        {
            var b = Vector512.Load(bias + j);
            var p = x + j;
            for (var r = 0; r < rows; r++, p += width)
            {
                var z = Vector512.Load(p) + b;
                var below = Exp(Vector512.Min(z, Vector512<float>.Zero)) - Vector512<float>.One;
                Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<float>.Zero), z, below).Store(p);
            }
        }
    }

    public static void Sum(float* x, int rows, int width, float* sum)
    {
        for (var j = 0; j < width; j += 16)
        {
            var total = Vector512<float>.Zero;
            var p = x + j;
            for (var r = 0; r < rows; r += Run)
            {
                var run = Vector512<float>.Zero;
                for (var i = Math.Min(Run, rows - r); i > 0; i--, p += width)
                {
                    run += Vector512.Load(p);
                }

                total += run;
            }

            total.Store(sum + j);
        }
    }

    public static void Mean(float* x, int rows, int width, float* mean)
    {
        Sum(x, rows, width, mean);
        for (var j = 0; j < width; j++)
        {
            mean[j] /= rows;
        }
    }

    /// <summary>Biased: divided by the number of rows.</summary>
    public static void Variance(float* x, int rows, int width, float* mean, float* variance)
    {
        for (var j = 0; j < width; j += 16)
        {
            var m = Vector512.Load(mean + j);
            var total = Vector512<float>.Zero;
            var p = x + j;
            for (var r = 0; r < rows; r += Run)
            {
                var run = Vector512<float>.Zero;
                for (var i = Math.Min(Run, rows - r); i > 0; i--, p += width)
                {
                    var d = Vector512.Load(p) - m;
                    run = Vector512.FusedMultiplyAdd(d, d, run);
                }

                total += run;
            }

            (total / rows).Store(variance + j);
        }
    }

    public static void ScaleAndShift(float* x, float* y, int rows, int width, float* scale, float* shift)
    {
        for (var r = 0; r < rows; r++, x += width, y += width)
        {
            for (var j = 0; j < width; j += 16)
            {
                Vector512.FusedMultiplyAdd(Vector512.Load(x + j), Vector512.Load(scale + j), Vector512.Load(shift + j)).Store(y + j);
            }
        }
    }

    /// <summary>Gradients by gamma (sum of gradient times normalised activation) and by beta (sum of gradient).</summary>
    public static void NormalisationSums(
        float* gradient,
        float* x,
        int rows,
        int width,
        float* mean,
        float* inverse,
        float* byGamma,
        float* byBeta
    )
    {
        for (var j = 0; j < width; j += 16)
        {
            var (m, s) = (Vector512.Load(mean + j), Vector512.Load(inverse + j));
            var (gamma, beta) = (Vector512<float>.Zero, Vector512<float>.Zero);
            var p = x + j;
            var q = gradient + j;
            for (var r = 0; r < rows; r += Run)
            {
                var (runGamma, runBeta) = (Vector512<float>.Zero, Vector512<float>.Zero);
                for (var i = Math.Min(Run, rows - r); i > 0; i--, p += width, q += width)
                {
                    var g = Vector512.Load(q);
                    runGamma = Vector512.FusedMultiplyAdd(g, Vector512.Load(p) - m, runGamma);
                    runBeta += g;
                }

                gamma += runGamma;
                beta += runBeta;
            }

            (gamma * s).Store(byGamma + j);
            beta.Store(byBeta + j);
        }
    }

    /// <summary>From the gradient by a batch normalisation's output to that by ELU's input, in place. With n rows and x' the normalised
    /// activation:
    /// <c>gamma / deviation * (g - byBeta / n - x' * byGamma / n)</c>, times 1 where the activation is positive, else activation +
    /// 1.</summary>
    public static void NormalisationAndElu(
        float* gradient,
        float* x,
        int rows,
        int width,
        float* mean,
        float* inverse,
        float* gamma,
        float* byGamma,
        float* byBeta
    )
    {
        for (var j = 0; j < width; j += 16)
        {
            var (m, s) = (Vector512.Load(mean + j), Vector512.Load(inverse + j));
            var scale = Vector512.Load(gamma + j) * s;
            var slope = s * Vector512.Load(byGamma + j) / rows;
            var level = Vector512.Load(byBeta + j) / rows;
            var p = x + j;
            var q = gradient + j;
            for (var r = 0; r < rows; r++, p += width, q += width)
            {
                var h = Vector512.Load(p);
                var g = scale * (Vector512.Load(q) - level - ((h - m) * slope));
                (g * (Vector512.Min(h, Vector512<float>.Zero) + Vector512<float>.One)).Store(q);
            }
        }
    }

    /// <summary>e^x for x up to 0: a power of two times a polynomial of degree 6 on [-ln2/2, ln2/2]; relative error below 2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exp(Vector512<float> x)
    {
        x = Vector512.Max(x, Vector512.Create(-87f));
        var n = Vector512.Round(x * 1.44269504f);
        var r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693145752f), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-1.42860677e-6f), r);
        var p = Vector512.FusedMultiplyAdd(r, Vector512.Create(1 / 720f), Vector512.Create(1 / 120f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1 / 24f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1 / 6f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        var power = Vector512.ShiftLeft(Vector512.ConvertToInt32Native(n) + Vector512.Create(127), 23).AsSingle();
        return p * power;
    }
}
