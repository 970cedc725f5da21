namespace OrleansAtlas.Reduction.Autoencoder;

// Why: docs/decisions/order-of-distances.md
/// <summary>The two terms that look at log-ratios of triplets, with their gradients by the codes. The log-ratio of a triplet is
/// <c>log((eps + |a-b|^2) / (eps + |b-c|^2))</c>: x that of the inputs, y that of the codes, one a triplet.</summary>
internal static unsafe class LogRatioLosses
{
    /// <summary>Keeps the logarithm of a ratio of squared distances finite.</summary>
    public const float Epsilon = 1e-3f;

    /// <summary>The published form, which asks for the same spread as well as the same order: the mean of <c>(y - x)^2</c>, whose slope by
    /// y is <c>2 (y - x) / triplets</c>.</summary>
    /// <param name="codes">Rows of all a, then all b, then all c, each 2 numbers at the stride.</param>
    /// <param name="gradient">Laid out as the codes; the weighted gradient is added.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="targets">x of each triplet.</param>
    /// <param name="weight">Of the term, in the gradient only.</param>
    public static double Difference(float* codes, float* gradient, nint stride, ReadOnlySpan<float> targets, float weight)
    {
        var (loss, triplets) = (0.0, targets.Length);
        var scale = 2 * weight / triplets;
        for (var t = 0; t < triplets; t++)
        {
            var triplet = new Triplet(codes + (t * stride), triplets * stride);
            var difference = triplet.LogRatio - targets[t];
            loss += difference * difference;
            triplet.AddGradient(gradient + (t * stride), scale * difference);
        }

        return loss / triplets;
    }

    /// <summary>Asks for the order alone: <c>1 - r</c>, Pearson's correlation <c>r = sum(dx dy) / (Sx Sy)</c> with <c>dx = x - mean x</c>,
    /// <c>dy = y - mean y</c>, <c>Sx^2 = sum dx^2</c>, <c>Sy^2 = sum dy^2</c>. The slope of the loss by y is
    /// <c>(r dy / Sy - dx / Sx) / Sy</c>; where x or y do not differ, r and all slopes are 0.</summary>
    /// <param name="codes">Rows of all a, then all b, then all c, each 2 numbers at the stride.</param>
    /// <param name="gradient">Laid out as the codes; the weighted gradient is added.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="targets">x of each triplet.</param>
    /// <param name="weight">Of the term, in the gradient only.</param>
    public static double Correlation(float* codes, float* gradient, nint stride, ReadOnlySpan<float> targets, float weight)
    {
        var triplets = targets.Length;
        var ratios = new float[triplets];
        var (meanX, meanY) = (0.0, 0.0);
        for (var t = 0; t < triplets; t++)
        {
            ratios[t] = new Triplet(codes + (t * stride), triplets * stride).LogRatio;
            (meanX, meanY) = (meanX + ((double)targets[t] / triplets), meanY + ((double)ratios[t] / triplets));
        }

        var (product, squareX, squareY) = (0.0, 0.0, 0.0);
        for (var t = 0; t < triplets; t++)
        {
            var (dx, dy) = (targets[t] - meanX, ratios[t] - meanY);
            (product, squareX, squareY) = (product + (dx * dy), squareX + (dx * dx), squareY + (dy * dy));
        }

        if (squareX <= 0 || squareY <= 0)
        {
            return 1;
        }

        var (spreadX, spreadY) = (Math.Sqrt(squareX), Math.Sqrt(squareY));
        var correlation = product / (spreadX * spreadY);
        for (var t = 0; t < triplets; t++)
        {
            var slope = ((correlation * (ratios[t] - meanY) / spreadY) - ((targets[t] - meanX) / spreadX)) / spreadY;
            new Triplet(codes + (t * stride), triplets * stride).AddGradient(gradient + (t * stride), (float)(weight * slope));
        }

        return 1 - correlation;
    }

    /// <summary>The codes of a, b and c, which lie a step apart.</summary>
    private readonly struct Triplet
    {
        private readonly nint _step;
        private readonly float _ab0,
            _ab1,
            _bc0,
            _bc1,
            _ab,
            _bc;

        public Triplet(float* a, nint step)
        {
            var b = a + step;
            var c = b + step;
            _step = step;
            (_ab0, _ab1, _bc0, _bc1) = (a[0] - b[0], a[1] - b[1], b[0] - c[0], b[1] - c[1]);
            _ab = Epsilon + (_ab0 * _ab0) + (_ab1 * _ab1);
            _bc = Epsilon + (_bc0 * _bc0) + (_bc1 * _bc1);
        }

        public float LogRatio => MathF.Log(_ab / _bc);

        /// <param name="ga">Gradient by a.</param>
        /// <param name="slope">Of the loss by this log-ratio.</param>
        public void AddGradient(float* ga, float slope)
        {
            var gb = ga + _step;
            var gc = gb + _step;
            var (toAb, toBc) = (slope * 2 / _ab, -slope * 2 / _bc);
            ga[0] += toAb * _ab0;
            ga[1] += toAb * _ab1;
            gb[0] += (toBc * _bc0) - (toAb * _ab0);
            gb[1] += (toBc * _bc1) - (toAb * _ab1);
            gc[0] -= toBc * _bc0;
            gc[1] -= toBc * _bc1;
        }
    }
}
