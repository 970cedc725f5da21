namespace OrleansAtlas.Maps;

/// <summary>What a map says about itself; see <c>Quality/MapQuality</c> and <see cref="PlacementCoverage"/>.</summary>
/// <param name="Trustworthiness">0 to 1: few false neighbours on the map.</param>
/// <param name="Continuity">0 to 1: few true neighbours torn apart.</param>
/// <param name="NeighboursKept">0 to 1: share of the true neighbours that are neighbours on the map.</param>
/// <param name="RankCorrelation">-1 to 1: of the log-ratios of distances in random triplets.</param>
/// <param name="Coverage">How evenly the plane is covered; 1 as evenly as chance would.</param>
/// <param name="Neighbours">How many neighbours of a frame are compared.</param>
/// <param name="FramesMeasured">Frames whose neighbours were looked at.</param>
public sealed record MapFigures(
    double Trustworthiness,
    double Continuity,
    double NeighboursKept,
    double RankCorrelation,
    double Coverage,
    int Neighbours,
    int FramesMeasured
);
