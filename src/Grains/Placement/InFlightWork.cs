namespace OrleansAtlas.Grains.Placement;

/// <summary>A piece of work that any silo may do and that this silo waits for. Each attempt is another grain: a grain that is activated
/// stays on its silo, so only a new key is placed anew.</summary>
internal sealed class InFlightWork(InFlightTracker tracker) : IDisposable
{
    private GrainId _grain;

    /// <summary>Silos that refused it.</summary>
    public HashSet<SiloAddress> Refusers { get; } = [];

    /// <summary>The silo that has it; null if it was not placed by this silo.</summary>
    public SiloAddress? Silo { get; set; }

    /// <summary>Whether that silo is the only one that has not refused it.</summary>
    public bool Last { get; set; }

    /// <summary>Assigns it to a grain.</summary>
    public void BelongsTo(GrainId grain) => tracker.Begin(this, _grain = grain);

    /// <summary>Records that the silo that has it refused it.</summary>
    /// <returns>True if all silos have refused it: after a pause all are asked again.</returns>
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
    public void Dispose() => tracker.End(this, _grain);
}
