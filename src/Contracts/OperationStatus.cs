using OrleansAtlas.Work;

namespace OrleansAtlas.Contracts;

/// <summary>The state of work that takes longer than one call.</summary>
public enum OperationState
{
    /// <summary>Running: ask again.</summary>
    AtWork,

    /// <summary>Ended with a result.</summary>
    Ended,

    /// <summary>Failed, for the reason given.</summary>
    Failed,
}

/// <summary>The status of work that takes longer than one call.</summary>
/// <param name="State">The state of the work.</param>
/// <param name="Value">The result, if the work has ended.</param>
/// <param name="Progress">The last progress; null if the work reports none.</param>
/// <param name="Reason">Why it failed, in one sentence.</param>
public sealed record OperationStatus<T>(OperationState State, T? Value, ProgressReport? Progress = null, string? Reason = null);
