using OrleansAtlas.Reduction.Placement;

namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>The codes of a trained network, refined by the places of the training frames nearest to a frame.</summary>
public sealed class AutoencoderEmbedder : Embedder
{
    internal const string Kind = "autoencoder";

    // As far from everything known as any two frames of the training are, nothing is known about a frame; this is near it.
    private const double Unrelated = 0.8;

    private readonly Landmarks _landmarks;
    private readonly int _neighbours;

    internal AutoencoderEmbedder(AutoencoderNetwork network, double trainingError, Landmarks landmarks, int neighbours)
    {
        (Network, TrainingError) = (network, trainingError);
        (_landmarks, _neighbours) = (landmarks, neighbours);
    }

    /// <summary>The network.</summary>
    public AutoencoderNetwork Network { get; }

    /// <summary>Mean squared error of the training frames' reconstruction.</summary>
    public double TrainingError { get; }

    /// <inheritdoc/>
    public override int Inputs => Network.Shape.Inputs;

    /// <inheritdoc/>
    public override float[] Encode(ReadOnlySpan<float> reduced)
    {
        var codes = Network.Encode(reduced);
        if (_neighbours > 0)
        {
            _landmarks.Refine(reduced, codes, _neighbours);
        }

        return codes;
    }

    /// <inheritdoc/>
    public override double? Drift(ReadOnlySpan<float> reduced, ReadOnlySpan<float> outside, double variance)
    {
        var squares = _landmarks.SquaredDistances(reduced);
        var distances = new double[squares.Length];
        for (var i = 0; i < squares.Length; i++)
        {
            distances[i] = Math.Sqrt(squares[i] + outside[i]);
        }

        var usual = Math.Min(_landmarks.Spacing, Unrelated * Math.Sqrt(2 * variance));
        return squares.Length == 0 || usual <= 0 ? null : Landmarks.Median(distances) / usual;
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, byte[]> ToFiles() => Files(this, _landmarks, _neighbours);
}
