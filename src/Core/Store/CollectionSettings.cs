using OrleansAtlas.Media;
using OrleansAtlas.Reduction.Autoencoder;

namespace OrleansAtlas.Store;

/// <summary>What a collection is made with; pinned in <c>collection.json</c> when it is made and never changed.</summary>
public sealed record CollectionSettings
{
    /// <summary>Version of the store's layout: 2, or 1 for a collection whose first artifacts have no checksums.</summary>
    public int Format { get; init; } = 2;

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
