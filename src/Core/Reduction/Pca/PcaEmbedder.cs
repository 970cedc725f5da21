using OrleansAtlas.Reduction.Autoencoder;

namespace OrleansAtlas.Reduction.Pca;

/// <summary>The first two components, divided by one number so that the frames they were made from fit into (-1, 1).</summary>
/// <param name="inputs">Numbers a reduced vector has; where it is 1, the second code is 0.</param>
/// <param name="extent">What they are divided by.</param>
internal sealed class PcaEmbedder(int inputs, double extent) : Embedder
{
    internal const string Kind = "pca";
    private const float Edge = 0.999f;

    /// <summary>Fits to these reduced vectors <c>[n, inputs]</c>.</summary>
    public static PcaEmbedder From(ReadOnlySpan<float> reduced, int inputs)
    {
        var largest = 0f;
        for (var i = 0; i < reduced.Length; i += inputs)
        {
            foreach (var value in reduced.Slice(i, Math.Min(inputs, NetworkShape.Codes)))
            {
                largest = Math.Max(largest, Math.Abs(value));
            }
        }

        return new PcaEmbedder(inputs, largest > 0 ? largest * 1.1 : 1);
    }

    /// <inheritdoc/>
    public override int Inputs => inputs;

    /// <inheritdoc/>
    public override float[] Encode(ReadOnlySpan<float> reduced)
    {
        var codes = new float[reduced.Length / inputs * NetworkShape.Codes];
        for (var i = 0; i < codes.Length; i++)
        {
            var (row, column) = (i / NetworkShape.Codes, i % NetworkShape.Codes);
            codes[i] = column < inputs ? Math.Clamp((float)(reduced[(row * inputs) + column] / extent), -Edge, Edge) : 0;
        }

        return codes;
    }

    /// <inheritdoc/>
    public override double? Drift(ReadOnlySpan<float> reduced, ReadOnlySpan<float> outside, double variance) => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, byte[]> ToFiles() => Files(this, extent);
}
