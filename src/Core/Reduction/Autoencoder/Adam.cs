using System.Numerics;
using System.Runtime.InteropServices;

namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>Adam (Kingma and Ba, 2015): steps by the running mean of the gradients over the root of that of their squares,
/// both corrected for starting at zero.</summary>
/// <param name="length">How many parameters.</param>
public sealed class Adam(int length)
{
    internal const float Beta1 = 0.9f;
    internal const float Beta2 = 0.999f;
    internal const float Epsilon = 1e-7f;
    private readonly float[] _mean = new float[length];
    private readonly float[] _square = new float[length];
    private int _steps;

    /// <summary>One step against the gradients.</summary>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradients, float rate)
    {
        _steps++;
        var step = (float)(rate / (1 - Math.Pow(Beta1, _steps)));
        var root = (float)(1 / Math.Sqrt(1 - Math.Pow(Beta2, _steps)));
        var whole = length - (length % Vector<float>.Count);
        var mean = MemoryMarshal.Cast<float, Vector<float>>(_mean.AsSpan());
        var square = MemoryMarshal.Cast<float, Vector<float>>(_square.AsSpan());
        var values = MemoryMarshal.Cast<float, Vector<float>>(parameters);
        var slopes = MemoryMarshal.Cast<float, Vector<float>>(gradients);
        for (var i = 0; i < mean.Length; i++)
        {
            var g = slopes[i];
            mean[i] += (1 - Beta1) * (g - mean[i]);
            square[i] = (Beta2 * square[i]) + ((1 - Beta2) * g * g);
            values[i] -= step * mean[i] / ((Vector.SquareRoot(square[i]) * root) + new Vector<float>(Epsilon));
        }

        for (var i = whole; i < length; i++)
        {
            var g = gradients[i];
            _mean[i] += (1 - Beta1) * (g - _mean[i]);
            _square[i] = (Beta2 * _square[i]) + ((1 - Beta2) * g * g);
            parameters[i] -= step * _mean[i] / ((MathF.Sqrt(_square[i]) * root) + Epsilon);
        }
    }
}
