namespace OrleansAtlas.Store;

/// <summary>An artifact in a listing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Bytes that are stored, checksum included.</param>
/// <param name="Tag">As in <see cref="Artifact"/>; null where a listing does not say.</param>
public sealed record ArtifactEntry(string Name, long Length, string? Tag = null);
