namespace OrleansAtlas.Grains.Jobs;

/// <summary>How long actors of a cluster wait for one another.</summary>
public sealed record WorkTimeouts
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
