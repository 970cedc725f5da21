using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>Noise added to a batch, so that an encoder learns what is around a frame rather than the frame by heart: uniform, mean
/// 0.</summary>
/// <param name="deviation">0 for none.</param>
/// <param name="random">Where it comes from.</param>
public sealed class InputNoise(float deviation, Xoshiro256 random)
{
    private readonly float _step = 2 * MathF.Sqrt(3) * deviation / (1 << 24);

    /// <summary>Whether it changes anything.</summary>
    public bool Adds => deviation != 0;

    /// <summary>Adds to each value a number of its own.</summary>
    public void AddTo(Span<float> values)
    {
        if (!Adds)
        {
            return;
        }

        // Two numbers of 24 bits out of each draw.
        for (var i = 0; i < values.Length; i++)
        {
            var bits = random.NextBits();
            values[i] += _step * ((int)(bits >> 40) - (1 << 23));
            if (++i < values.Length)
            {
                values[i] += _step * ((int)(bits & 0xFFFFFF) - (1 << 23));
            }
        }
    }
}
