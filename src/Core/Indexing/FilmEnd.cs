namespace OrleansAtlas.Indexing;

/// <summary>How what lies at a place ended in a run.</summary>
internal enum FilmEnd
{
    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It is all there.</summary>
    Done,

    /// <summary>It is all there, done anew: its file was damaged and was mended.</summary>
    Mended,

    /// <summary>It is all there, was known before without being so, and no run has told of it.</summary>
    DoneAtLast,

    /// <summary>It is all there, and runs have told of it at another place, not at this one, where it was known, too.</summary>
    DoneBeside,
}
