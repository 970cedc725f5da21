using OrleansAtlas.Media;

namespace OrleansAtlas.Indexing;

/// <summary>How a segment was reached and what came of it, <c>reached-N.json</c>; only where that was not as planned.</summary>
internal sealed record SegmentReach
{
    /// <summary>Where decoding began.</summary>
    public required Reach Reach { get; init; }

    /// <summary>Why not as planned.</summary>
    public string? Why { get; init; }

    /// <summary>Samples that were wanted.</summary>
    public required int Expected { get; init; }

    /// <summary>Samples that came.</summary>
    public required int Came { get; init; }

    /// <summary>What the decoder said all the same, at the last try; null where nothing.</summary>
    public string? Complaint { get; init; }

    /// <summary>Seconds of the frame that came before the complaint; null where none did.</summary>
    public double? After { get; init; }

    /// <summary>True where the film ended before the segment began.</summary>
    public bool Ends { get; init; }
}
