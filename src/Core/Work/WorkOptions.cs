namespace OrleansAtlas.Work;

/// <summary>How much one process does at once.</summary>
public sealed record WorkOptions
{
    /// <summary>Threads for heavy work; 1 or more.</summary>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>Segments worked on at once in this process; 1 or more. One more than there are cores keeps them busy while a segment is
    /// stored.</summary>
    public int SegmentSlots { get; set; } = Environment.ProcessorCount + 1;

    /// <summary>Films worked on at once; more than slots, so that a slot is never free while a film is being probed.</summary>
    public int FilmsInFlight { get; set; } = Environment.ProcessorCount + 2;

    /// <summary>Segments of one film under way at once: at least two, so that one decodes while the last frames of the other are
    /// described.</summary>
    public int SegmentsPerFilm { get; set; } = Environment.ProcessorCount + 1;

    /// <summary>Parts of the statistics made at once; for rows of D numbers each takes 4 D² bytes of memory where it is made, and 8 KiB D
    /// for its block.</summary>
    public int PartsInFlight { get; set; } = 2;
}
