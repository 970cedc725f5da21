using OrleansAtlas.Reduction;

namespace OrleansAtlas.Maps;

/// <summary>A map version, <c>map.json</c>: from which model, how its codes became positions, how true it is. Never changed.</summary>
public sealed record MapInfo
{
    /// <summary>The files of a map version, <c>map.json</c> last.</summary>
    internal static IReadOnlyList<string> Files { get; } =
    ["films.json", "times.npy", "positions.npy", "reduced.npy", "trust.npy", "map.json"];

    /// <summary>The map's name, made from everything below but quality.</summary>
    public required string Version { get; init; }

    /// <summary>The model version that gave the codes.</summary>
    public required string Model { get; init; }

    /// <summary>How frames got their codes: <c>autoencoder</c>, or <c>pca</c> where there are too few to train one.</summary>
    public required string Method { get; init; }

    /// <summary>Frames on the map.</summary>
    public required long Frames { get; init; }

    /// <summary>Components of the reduced vectors.</summary>
    public required int Components { get; init; }

    /// <summary>Share of the descriptors' variance they hold.</summary>
    public required double VarianceKept { get; init; }

    /// <summary>Rotation and stretch that turn codes into positions.</summary>
    public required Stretch Stretch { get; init; }

    /// <summary>What the map says about itself.</summary>
    public MapFigures? Quality { get; init; }

    /// <summary>How far films that came after the training are from all that the model knows (<see cref="Embedder.Drift"/>); 1 where all
    /// are known, null where
    /// nothing tells.</summary>
    public double? Drift { get; init; }

    /// <summary>How films that came after the training lie; null where all are known, or where nothing tells.</summary>
    public Newcomers? Newcomers { get; init; }

    /// <summary>One sentence where something about the map should be known.</summary>
    public string? Note { get; init; }
}
