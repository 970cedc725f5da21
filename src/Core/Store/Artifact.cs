namespace OrleansAtlas.Store;

/// <summary>An artifact's bytes and the tag that changes with them.</summary>
/// <param name="Content">What was written, without its checksum.</param>
/// <param name="Tag">Another one after every change.</param>
/// <param name="HasChecksum">False where it was written by a version that put none on.</param>
public sealed record Artifact(byte[] Content, string Tag, bool HasChecksum = true);
