using OrleansAtlas.Media;
using OrleansAtlas.Reduction.Autoencoder;

namespace OrleansAtlas.Store;

/// <summary>How frames are kept for pictures.</summary>
public enum FrameFormat
{
    /// <summary>A pack of JPEGs a segment.</summary>
    Jpeg,

    /// <summary>Raw pixels, uint8 <c>[n, height, width, 3]</c>.</summary>
    Raw,
}

/// <summary>What a collection is made with; pinned in <c>collection.json</c> when it is made and never changed.</summary>
public sealed record CollectionSettings
{
    /// <summary>Version of the store's layout.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The collection's name.</summary>
    public required string Name { get; init; }

    /// <summary>How densely films are sampled.</summary>
    public required Sampling Sampling { get; init; }

    /// <summary>How frames are kept.</summary>
    public FrameFormat Frames { get; init; } = FrameFormat.Jpeg;

    /// <summary>Quality of kept JPEGs, 1 to 100.</summary>
    public int JpegQuality { get; init; } = 85;

    /// <summary>Most components PCA keeps.</summary>
    public int Components { get; init; } = 256;

    /// <summary>How its first map is trained, and others where nothing else is asked for.</summary>
    public TrainingOptions Training { get; init; } = new();

    /// <summary>The model that describes.</summary>
    public required ModelPin Model { get; init; }

    /// <summary>What else the bytes of artifacts depend on.</summary>
    public required Profile Profile { get; init; }
}

/// <summary>A model as a collection pins it.</summary>
/// <param name="Name">The card's name.</param>
/// <param name="Sha256">Of the ONNX file, lower-case hexadecimal.</param>
/// <param name="InputSize">Side of the square input in pixels.</param>
/// <param name="Dimensions">Numbers in a frame's descriptor: two squares' worth.</param>
public sealed record ModelPin(string Name, string Sha256, int InputSize, int Dimensions);

/// <summary>The programs that make a collection's artifacts: within one profile and processor type the same input gives the same
/// bytes.</summary>
/// <param name="Decoder">ffmpeg and its version.</param>
/// <param name="Images">The picture library and its version.</param>
/// <param name="Runtime">The inference runtime and its version.</param>
/// <param name="Provider"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Precision">Of the network's arithmetic.</param>
public sealed record Profile(string Decoder, string Images, string Runtime, string Provider, string Precision);
