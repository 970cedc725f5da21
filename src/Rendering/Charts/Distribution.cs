namespace OrleansAtlas.Rendering.Charts;

/// <summary>How one set of points lies in its square.</summary>
/// <param name="Heading">What it is.</param>
/// <param name="Points"><c>[n, 2]</c> in [0, 1]^2.</param>
public sealed record Distribution(string Heading, float[] Points);
