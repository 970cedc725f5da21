namespace OrleansAtlas.Maps;

// Why: docs/decisions/judging-a-map.md
/// <summary>How films that came after the training lie on a map, estimated on samples of 500 frames.</summary>
/// <param name="Frames">Frames of such films.</param>
/// <param name="NeighboursKept">0 to 1: share of their true neighbours that are neighbours on the map.</param>
/// <param name="KeptBefore">0 to 1: the same share of the frames of the training, among these alone: what the map kept before.</param>
/// <param name="Lost">What the whole map keeps less than before; about what a new training brings back. Below 0 where it keeps
/// more.</param>
public sealed record Newcomers(long Frames, double NeighboursKept, double KeptBefore, double Lost)
{
    /// <summary>Above this a new training is recommended.</summary>
    public const double MostLost = 0.05;
}
