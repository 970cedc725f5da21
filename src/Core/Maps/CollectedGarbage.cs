namespace OrleansAtlas.Maps;

/// <summary>What a sweep deleted.</summary>
public sealed record CollectedGarbage(int Artifacts, long Bytes);
