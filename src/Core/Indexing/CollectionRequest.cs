using OrleansAtlas.Media;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Store;

namespace OrleansAtlas.Indexing;

/// <summary>What a collection should be made as where it is not there yet; where it is, what is given must be what it is.</summary>
/// <param name="Sampling">How densely films are sampled.</param>
/// <param name="Frames">How frames are kept.</param>
/// <param name="Model">Name or file of the model that describes.</param>
/// <param name="Training">How its first map is trained.</param>
public sealed record CollectionRequest(
    Sampling? Sampling = null,
    FrameFormat? Frames = null,
    string? Model = null,
    TrainingOptions? Training = null
);
