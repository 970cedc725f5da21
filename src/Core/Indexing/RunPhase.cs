namespace OrleansAtlas.Indexing;

/// <summary>How far a run is, and so what can be told of it.</summary>
internal enum RunPhase
{
    /// <summary>Files that are not as they were known are looked at: any of them may be what another one was.</summary>
    Looking,

    /// <summary>Films are done: each is told of when it is there.</summary>
    Working,

    /// <summary>It was cancelled: the next run will not find changed anew what was not done.</summary>
    Cancelled,

    /// <summary>All was looked at: a film that was not found is nowhere.</summary>
    Over,
}
