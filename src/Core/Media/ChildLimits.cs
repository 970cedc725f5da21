using OrleansAtlas.Runtime;

namespace OrleansAtlas.Media;

/// <summary>What a child process may use before it is stopped.</summary>
public sealed record ChildLimits
{
    /// <summary>Longest silence on both output pipes while somebody waits for output; null for no limit.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>Longest life of the process; null for no limit.</summary>
    public TimeSpan? Life { get; init; }

    /// <summary>Address space in bytes, held by <c>prlimit</c> where that program is there; null for no limit.</summary>
    public long? AddressSpace { get; init; }

    /// <summary>Time on processors, held by <c>prlimit</c> where that program is there; null for no limit.</summary>
    public TimeSpan? Processor { get; init; }

    /// <summary>The stage of the ledger that its time on processors is counted in.</summary>
    public Stage Stage { get; init; } = Stage.Rest;

    /// <summary>Time between the polite stop and the kill.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);
}
