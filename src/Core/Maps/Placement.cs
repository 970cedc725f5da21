using OrleansAtlas.Reduction;

namespace OrleansAtlas.Maps;

/// <summary>From a reduced vector to its place on the map: a code, then the frozen rotation and stretch. A vector's place does not depend on
/// the others placed beside it.</summary>
public sealed class Placement(CodeSource code, Stretch stretch)
{
    /// <summary>Who gives the codes.</summary>
    public CodeSource Code => code;

    /// <summary>Where the codes go.</summary>
    public Stretch Stretch => stretch;

    /// <summary>Codes the frames and fits the stretch to them.</summary>
    /// <param name="code">Who gives the codes.</param>
    /// <param name="reduced">Reduced vectors <c>[n, k]</c> of all frames the map shows.</param>
    /// <param name="degrees">Rotation, anticlockwise.</param>
    /// <param name="strength">Of the stretch, 0 to 1.</param>
    public static Placement Fit(CodeSource code, ReadOnlySpan<float> reduced, double degrees = 0, double strength = Stretch.Usual) =>
        new(code, Stretch.Fit(code.Encode(reduced), degrees, strength));

    /// <summary>Positions <c>[n, 2]</c> in [0, 1]^2.</summary>
    public float[] Place(ReadOnlySpan<float> reduced) => stretch.Apply(code.Encode(reduced));
}
