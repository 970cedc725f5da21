namespace OrleansAtlas.Media;

/// <summary>The answer to "what is this file?": one of the three below.</summary>
public abstract record ProbeResult
{
    private ProbeResult() { }

    /// <summary>A film or photo.</summary>
    public sealed record Found(VideoInfo Info) : ProbeResult;

    /// <summary>Not a film and not a photo: listed as ignored, not failed.</summary>
    public sealed record Ignored(string Reason) : ProbeResult;

    /// <summary>Looks like a film or photo but cannot be used: one sentence that says why.</summary>
    public sealed record Failed(string Reason) : ProbeResult;
}
