namespace OrleansAtlas.Media;

// Why: docs/decisions/decoding.md
/// <summary>How a segment's decoding ended.</summary>
public abstract record DecodeOutcome
{
    private DecodeOutcome() { }

    /// <summary>Decoding went well to the segment's end.</summary>
    public sealed record Complete : DecodeOutcome;

    /// <summary>The frames that were given may be wrong, or are fewer than wanted: forget them and take the next <see cref="Reach"/>. One
    /// sentence that says why.</summary>
    public sealed record Doubtful(string Reason) : DecodeOutcome;

    /// <summary>What could be decoded was given.</summary>
    /// <param name="Reason">What the decoder said is wrong with the film.</param>
    /// <param name="After">Seconds of the last frame that it gave before; null where there was none.</param>
    public sealed record Damaged(string Reason, double? After) : DecodeOutcome;

    /// <summary>Decoding was stopped or could not be done here; one sentence that says why.</summary>
    public sealed record Failed(string Reason) : DecodeOutcome;
}
