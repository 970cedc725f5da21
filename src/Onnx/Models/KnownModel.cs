using OrleansAtlas.Features;

namespace OrleansAtlas.Onnx.Models;

/// <summary>A known model.</summary>
/// <param name="Card">What is known about it.</param>
/// <param name="Path">Where it is; null where it is not here.</param>
public sealed record KnownModel(ModelCard Card, string? Path)
{
    /// <summary>How to get it, where it is not here.</summary>
    public string? WayOut => Path is null ? KnownModels.WayOut(Card.Name) : null;
}
