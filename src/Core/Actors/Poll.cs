namespace OrleansAtlas.Actors;

/// <summary>How far work is that takes longer than one question.</summary>
public enum PollState
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
public sealed record Poll<T>(PollState State, T? Value, ProgressReport? Progress = null, string? Reason = null);

/// <summary>How long actors of a cluster wait for one another.</summary>
public sealed record Patience
{
    /// <summary>Longest that one question waits for an answer; well below the time after which a call counts as lost.</summary>
    public TimeSpan Question { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Work that nobody asked about for this long is stopped: whoever wanted it is gone, or wants it no more.</summary>
    public TimeSpan Unasked { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A segment that gets no slot for this long goes elsewhere.</summary>
    public TimeSpan Slot { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>A segment that none of the silos there is able to do (it has no such model, or no GPU) fails after this long: the one
    /// that is able may just be starting again.</summary>
    public TimeSpan Unable { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time between two looks for jobs that nobody is at.</summary>
    public TimeSpan Wake { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Work in hand may take this long to end when its process is asked to stop.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(20);
}
