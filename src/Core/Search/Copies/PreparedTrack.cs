namespace OrleansAtlas.Search.Copies;

/// <summary>A track and the sums that its energies come from.</summary>
/// <param name="Track">The track.</param>
internal sealed record PreparedTrack(MovementTrack Track)
{
    /// <summary>Sums of its looks' products with each other.</summary>
    public double[] Within { get; } = MovementAlignment.Within(Track);
}
