namespace OrleansAtlas.Media;

/// <summary>How densely a film is sampled: either a share of its frames or a number of frames a second.</summary>
public sealed record Sampling
{
    /// <summary>Share of the frames that is kept, in (0, 1]; null where <see cref="FramesPerSecond"/> is given.</summary>
    public double? Keep { get; init; }

    /// <summary>Frames kept a second, above 0; null where <see cref="Keep"/> is given.</summary>
    public double? FramesPerSecond { get; init; }
}
