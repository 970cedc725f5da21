namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>The terms that look at the codes, with their gradients by the codes.</summary>
internal static unsafe class LatentLosses
{
    /// <summary>Keeps the logarithm of a ratio of squared distances finite.</summary>
    public const float Epsilon = 1e-3f;

    /// <summary>Adds the weighted gradient; codes <c>[rows, 2]</c> at the given stride.</summary>
    public static double Activity(float* codes, float* gradient, nint stride, int rows, float target, float weight)
    {
        var loss = 0.0;
        for (var d = 0; d < NetworkShape.Codes; d++)
        {
            var (mean, deviation) = Moments(codes + d, stride, rows);
            var off = deviation - target;
            loss += ((mean * mean) + (off * off)) / NetworkShape.Codes;
            var level = weight * 2 * mean / (NetworkShape.Codes * rows);
            var slope = deviation > 0 ? weight * 2 * off / (NetworkShape.Codes * rows * deviation) : 0;
            for (var r = 0; r < rows; r++)
            {
                gradient[(r * stride) + d] += (float)(level + (slope * (codes[(r * stride) + d] - mean)));
            }
        }

        return loss;
    }

    /// <summary>Mean and biased deviation of one column.</summary>
    public static (double Mean, double Deviation) Moments(float* codes, nint stride, int rows)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var r = 0; r < rows; r++)
        {
            sum += codes[r * stride];
        }

        var mean = sum / rows;
        for (var r = 0; r < rows; r++)
        {
            var difference = codes[r * stride] - mean;
            squares += difference * difference;
        }

        return (mean, Math.Sqrt(squares / rows));
    }

    /// <summary>Codes: rows of all a, then all b, then all c; targets: the inputs' log-ratios, one a triplet. The weighted gradient is
    /// added.</summary>
    public static double LogRatio(float* codes, float* gradient, nint stride, ReadOnlySpan<float> targets, float weight)
    {
        var triplets = targets.Length;
        var scale = 2 * weight / triplets;
        var loss = 0.0;
        var za = codes;
        var ga = gradient;
        for (var t = 0; t < triplets; t++, za += stride, ga += stride)
        {
            var zb = za + (triplets * stride);
            var zc = zb + (triplets * stride);
            var gb = ga + (triplets * stride);
            var gc = gb + (triplets * stride);
            var (ab0, ab1, bc0, bc1) = (za[0] - zb[0], za[1] - zb[1], zb[0] - zc[0], zb[1] - zc[1]);
            var ab = Epsilon + (ab0 * ab0) + (ab1 * ab1);
            var bc = Epsilon + (bc0 * bc0) + (bc1 * bc1);
            var difference = MathF.Log(ab / bc) - targets[t];
            loss += difference * difference;
            var (toAb, toBc) = (scale * difference * 2 / ab, -scale * difference * 2 / bc);
            ga[0] += toAb * ab0;
            ga[1] += toAb * ab1;
            gb[0] += (toBc * bc0) - (toAb * ab0);
            gb[1] += (toBc * bc1) - (toAb * ab1);
            gc[0] -= toBc * bc0;
            gc[1] -= toBc * bc1;
        }

        return loss / triplets;
    }

    /// <summary>Codes: rows of all a, then all b, then all c. The weighted gradient is added.</summary>
    public static double Temporal(float* codes, float* gradient, nint stride, int triplets, float weight)
    {
        var (loss, scale) = (0.0, weight / triplets);
        var (b, c) = (triplets * stride, 2 * triplets * stride);
        for (nint at = 0; at < triplets * stride; at += stride)
        {
            for (var d = at; d < at + NetworkShape.Codes; d++)
            {
                var off = ((codes[d] + codes[c + d]) / 2) - codes[b + d];
                loss += off * off;
                gradient[d] += scale * off;
                gradient[c + d] += scale * off;
                gradient[b + d] -= 2 * scale * off;
            }
        }

        return loss / triplets;
    }

    /// <summary>Codes: rows of all a; places <c>[n, 2]</c> of all frames. The weighted gradient is added.</summary>
    public static double Layout(
        float* codes,
        float* gradient,
        nint stride,
        ReadOnlySpan<int> frames,
        ReadOnlySpan<float> places,
        float unit,
        float weight
    )
    {
        var (loss, count) = (0.0, NetworkShape.Codes * frames.Length);
        var scale = 2 * weight / (unit * unit * count);
        for (var r = 0; r < frames.Length; r++)
        {
            for (var d = 0; d < NetworkShape.Codes; d++)
            {
                var off = codes[(r * stride) + d] - places[(NetworkShape.Codes * frames[r]) + d];
                loss += (double)off * off;
                gradient[(r * stride) + d] += scale * off;
            }
        }

        return loss / ((double)unit * unit * count);
    }
}
