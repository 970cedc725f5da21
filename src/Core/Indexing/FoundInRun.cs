using OrleansAtlas.Work;

namespace OrleansAtlas.Indexing;

/// <summary>What a run found otherwise than the one before it.</summary>
/// <param name="Time">When it told of the last of it.</param>
/// <param name="Changes">What it found.</param>
public sealed record FoundInRun(DateTimeOffset Time, IndexChanges Changes);
