namespace OrleansAtlas.Store;

/// <summary>What reading an artifact against its checksum says.</summary>
public enum Integrity
{
    /// <summary>It is what was written.</summary>
    Whole,

    /// <summary>It is not.</summary>
    Damaged,

    /// <summary>It carries no checksum: an older version wrote it, or it lost it.</summary>
    NoChecksum,

    /// <summary>There is none of this name.</summary>
    Missing,
}
