namespace OrleansAtlas.Features;

/// <summary>One of Core's seams: a pretrained network that turns squares into numbers. One a process.</summary>
public interface IFeatureExtractor : IDisposable
{
    /// <summary>The model in use.</summary>
    ModelCard Card { get; }

    /// <summary>Where it runs, <c>cpu</c> or <c>cuda</c>.</summary>
    string Provider { get; }

    /// <summary>What the network computes in, <c>float32</c> or <c>float16</c>.</summary>
    string Precision => "float32";

    /// <summary>The runtime and its version, e.g. <c>onnxruntime 1.29.0</c>.</summary>
    string Runtime { get; }

    /// <summary>Squares worth giving at once: one frame's on a CPU.</summary>
    int BatchSize { get; }

    /// <summary>Calls that may overlap, and should for speed: about one a core on a CPU, 1 on a GPU.</summary>
    int Lanes { get; }

    /// <summary>Describes squares.</summary>
    /// <param name="squares">RGB8, <c>[count, Card.InputSize, Card.InputSize, 3]</c>.</param>
    /// <param name="count">1 to any number; more than <see cref="BatchSize"/> is split.</param>
    /// <param name="descriptors">Receives <c>[count, Card.Dimensions]</c>, float32.</param>
    void Describe(ReadOnlySpan<byte> squares, int count, Span<float> descriptors);
}
