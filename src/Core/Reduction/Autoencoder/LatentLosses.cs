namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>The terms that look at the codes, with their gradients by the codes.</summary>
internal static unsafe class LatentLosses
{
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
