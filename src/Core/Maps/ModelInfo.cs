using System.Text.Json.Serialization;
using OrleansAtlas.Reduction.Autoencoder;

namespace OrleansAtlas.Maps;

/// <summary>What is known about a model version, <c>model.json</c>; written last, so it says that the version is complete.</summary>
public sealed record ModelInfo
{
    /// <summary>The codes of a map are those of a trained network.</summary>
    public const string Trained = "autoencoder";

    /// <summary>The codes of a map are PCA's first two components.</summary>
    public const string StandIn = "pca";

    /// <summary>Made from the frames and the settings of training.</summary>
    public required string Version { get; init; }

    /// <summary><c>autoencoder</c>, or <c>pca</c> where there were too few frames to train one.</summary>
    public required string Method { get; init; }

    /// <summary>Frames it was fitted to.</summary>
    public required long Frames { get; init; }

    /// <summary>Components PCA kept.</summary>
    public required int Components { get; init; }

    /// <summary>Share of the variance they hold.</summary>
    public required double VarianceKept { get; init; }

    /// <summary>The model whose places its layout began with; null where it began afresh.</summary>
    public string? Start { get; init; }

    /// <summary>The trainer that fitted it; null for the one that needs no other library.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Trainer { get; init; }

    /// <summary>How it was trained.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>Files of the network.</summary>
    public required IReadOnlyList<string> Files { get; init; }
}
