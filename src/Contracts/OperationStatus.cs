using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>How far work is that takes longer than one question.</summary>
public enum OperationState
{
    /// <summary>Still at work: ask again.</summary>
    AtWork,

    /// <summary>Ended; the value is there.</summary>
    Ended,

    /// <summary>It cannot be done, for the reason given.</summary>
    Failed,
}

/// <summary>Answer to one question about long work.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Value">What came out of it, where it ended.</param>
/// <param name="Progress">The last thing it told about itself; null where it tells nothing.</param>
/// <param name="Reason">One sentence where it failed.</param>
public sealed record OperationStatus<T>(OperationState State, T? Value, ProgressReport? Progress = null, string? Reason = null);
