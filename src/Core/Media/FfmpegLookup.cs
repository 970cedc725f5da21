namespace OrleansAtlas.Media;

/// <summary>Whether ffmpeg is here.</summary>
public abstract record FfmpegLookup
{
    private FfmpegLookup() { }

    /// <summary>Both programs are here.</summary>
    public sealed record Found(FfmpegTools Tools) : FfmpegLookup;

    /// <summary>One is not: a sentence that says which, and the way out.</summary>
    public sealed record Missing(string Reason) : FfmpegLookup;
}
