namespace OrleansAtlas.Grains.Placement;

/// <summary>A piece of work that any silo may do, while somebody here waits for it. It belongs to one grain after the other: a silo
/// makes a grain that it is called for, so only a new name leads elsewhere for sure.</summary>
internal sealed class InFlightWork(InFlightTracker outstanding) : IDisposable
{
    private GrainId _grain;

    /// <summary>Silos that had no place for it.</summary>
    public HashSet<SiloAddress> Refusers { get; } = [];

    /// <summary>The silo that has it; null where nobody here placed it.</summary>
    public SiloAddress? Silo { get; set; }

    /// <summary>Whether that silo is the last one that has not refused it.</summary>
    public bool Last { get; set; }

    /// <summary>Says which grain does it now.</summary>
    public void BelongsTo(GrainId grain) => outstanding.Begin(this, _grain = grain);

    /// <summary>Takes it back from a silo that had no place for it.</summary>
    /// <returns>True where nobody is left to ask: then it is time for a pause, and all may be asked again.</returns>
    public bool Refused()
    {
        if (Silo is { } silo)
        {
            Refusers.Add(silo);
        }

        var pause = Last || Silo is null;
        Dispose();
        if (pause)
        {
            Refusers.Clear();
        }

        return pause;
    }

    /// <inheritdoc/>
    public void Dispose() => outstanding.End(this, _grain);
}
