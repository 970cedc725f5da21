using OrleansAtlas.Maps;

namespace OrleansAtlas.Client.Output;

/// <summary>The map that is shown and what it says about itself.</summary>
internal sealed record MapStatus(
    string Version,
    string Model,
    long Frames,
    string Method,
    double? Trustworthiness,
    double? Continuity,
    double? NeighboursKept,
    double? RankCorrelation,
    double? Coverage,
    double? Drift,
    Newcomers? Newcomers,
    string? Note
)
{
    public static MapStatus From(MapInfo map) =>
        new(
            map.Version,
            map.Model,
            map.Frames,
            map.Method,
            map.Quality?.Trustworthiness,
            map.Quality?.Continuity,
            map.Quality?.NeighboursKept,
            map.Quality?.RankCorrelation,
            map.Quality?.Coverage,
            map.Drift,
            map.Newcomers,
            map.Note
        );
}
