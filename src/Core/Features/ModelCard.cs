namespace OrleansAtlas.Features;

/// <summary>What must be known about an ONNX file to describe squares with it; a small JSON file beside the model, or one that ships with
/// the product.</summary>
public sealed record ModelCard
{
    /// <summary>Short name, e.g. <c>mobilenet_v2</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Side of the square input in pixels.</summary>
    public required int InputSize { get; init; }

    /// <summary>Order of the input's axes.</summary>
    public TensorLayout Layout { get; init; } = TensorLayout.Nchw;

    /// <summary>True where the channels are blue, green, red.</summary>
    public bool Bgr { get; init; }

    /// <summary>What is subtracted from a channel's 0..255 value, in the order of the input's channels; one number or three.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0f];

    /// <summary>What the difference is divided by; one number or three.</summary>
    public IReadOnlyList<float> Scale { get; init; } = [1f];

    /// <summary>Name of the input; null takes the graph's first.</summary>
    public string? Input { get; init; }

    /// <summary>Name of the output that is the descriptor; null takes the graph's first. Spatial outputs are averaged over the
    /// image.</summary>
    public string? Output { get; init; }

    /// <summary>True where the graph is declared for one square at a time but works for any number, which a GPU is given.</summary>
    public bool FreeBatch { get; init; }

    /// <summary>Numbers in a square's descriptor.</summary>
    public required int Dimensions { get; init; }

    /// <summary>What is known about the licence, in one line.</summary>
    public required string Licence { get; init; }

    /// <summary>Where the file comes from; null where it is made here.</summary>
    public string? Address { get; init; }

    /// <summary>What else its user should know, in one line, e.g. that it is for measuring speed only.</summary>
    public string? Note { get; init; }

    /// <summary>SHA-256 of the ONNX file, lower-case hexadecimal; null where any file of this shape will do.</summary>
    public string? Sha256 { get; init; }
}
