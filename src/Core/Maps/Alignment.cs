using OrleansAtlas.Numerics;

namespace OrleansAtlas.Maps;

// Why: docs/decisions/maps-over-time.md
/// <summary>How codes of a new model are turned to lie as those of the map before it did, so that people find their way again.</summary>
/// <param name="Mirrored">The second code changes its sign, before the turn.</param>
/// <param name="Degrees">The turn, anticlockwise about the origin.</param>
public sealed record Alignment(bool Mirrored, double Degrees)
{
    /// <summary>The turn and reflection that bring codes <c>[n, 2]</c> closest to others of the same frames.</summary>
    public static Alignment Of(ReadOnlySpan<float> codes, ReadOnlySpan<float> others)
    {
        var matrix = Procrustes.Fit(codes, others).Matrix;
        return new Alignment(
            (matrix[0] * matrix[3]) < (matrix[1] * matrix[2]),
            Math.Round(Math.Atan2(matrix[1], matrix[0]) * 180 / Math.PI, 3)
        );
    }
}
