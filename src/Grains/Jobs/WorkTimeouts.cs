namespace OrleansAtlas.Grains.Jobs;

/// <summary>How long grains of a cluster wait for one another.</summary>
public sealed record WorkTimeouts
{
    /// <summary>The longest that one call waits for work to end; well below the time after which a call counts as lost.</summary>
    public TimeSpan Question { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Work is cancelled when no call has asked about it for this long.</summary>
    public TimeSpan Unasked { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A segment that gets no free slot of a silo within this time is given to another silo.</summary>
    public TimeSpan Slot { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>A segment that no silo is able to process (no such model, no GPU) fails after this long; until then a silo that is able
    /// may join the cluster.</summary>
    public TimeSpan Unable { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time between two searches of the store for jobs that no grain is running.</summary>
    public TimeSpan Wake { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Work under way may take this long to end when its process is asked to stop.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(20);
}
