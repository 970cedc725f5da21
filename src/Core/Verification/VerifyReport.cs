namespace OrleansAtlas.Verification;

/// <summary>What was found when every artifact of a collection was read.</summary>
public sealed record VerifyReport
{
    /// <summary>The collection.</summary>
    public required string Collection { get; init; }

    /// <summary>Artifacts that were read.</summary>
    public required int Artifacts { get; init; }

    /// <summary>Bytes in them.</summary>
    public required long Bytes { get; init; }

    /// <summary>Artifacts of an older version, which carry no checksum; whether their content is what was written is not known.</summary>
    public required int WithoutChecksum { get; init; }

    /// <summary>What is damaged or lost, in ordinal order of the names.</summary>
    public required IReadOnlyList<Damage> Damaged { get; init; }

    /// <summary>Files that are not this program's, as copying folders leaves them; nothing looks at them.</summary>
    public required IReadOnlyList<string> Foreign { get; init; }
}
