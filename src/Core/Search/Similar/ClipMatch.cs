using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Search.Similar;

/// <summary>A stretch of a film that is like another clip.</summary>
/// <param name="Clip">The stretch.</param>
/// <param name="Score">How like the clip, and the three clips most like that one, it is: 1 for the same, 0 for as far apart as two frames
/// of the library that have nothing to do with each other.</param>
/// <param name="Looks">How like the clip alone what is seen is, on the same scale.</param>
/// <param name="Order">How like the clip alone its order is.</param>
/// <param name="Why">One sentence.</param>
public sealed record ClipMatch(Clip Clip, double Score, double Looks, double Order, string Why)
{
    /// <summary>Whether it shows the same pictures, as <c>atlas copies</c> finds them; the score is then 1.</summary>
    public bool IsCopy { get; init; }
}
