using System.Text.Json.Serialization;

namespace OrleansAtlas.Media;

/// <summary>What probing found out about one film or photo.</summary>
public sealed record VideoInfo
{
    /// <summary>Film or photo.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>Demuxer (films) or picture format (photos), as ffprobe or the picture library names it.</summary>
    public required string Format { get; init; }

    /// <summary>Codec of the video stream, as ffprobe names it.</summary>
    public required string Codec { get; init; }

    /// <summary>Index of the video stream in the file.</summary>
    public int Stream { get; init; }

    /// <summary>Coded size in pixels, before rotation and sample aspect.</summary>
    public required int Width { get; init; }

    /// <summary>Coded size in pixels, before rotation and sample aspect.</summary>
    public required int Height { get; init; }

    /// <summary>Size in square pixels as a viewer sees it: sample aspect and rotation applied.</summary>
    public required int DisplayWidth { get; init; }

    /// <summary>Size in square pixels as a viewer sees it: sample aspect and rotation applied.</summary>
    public required int DisplayHeight { get; init; }

    /// <summary>Clockwise turn a viewer applies: 0, 90, 180 or 270 degrees.</summary>
    public int Rotation { get; init; }

    /// <summary>Whether a viewer exchanges left and right before that turn, as phones ask for with films of their front camera.</summary>
    public bool Mirrored { get; init; }

    /// <summary>Width of a sample divided by its height; 1 for square pixels.</summary>
    public double SampleAspect { get; init; } = 1;

    /// <summary>Seconds from the first frame's presentation time to the end; 0 for a photo.</summary>
    public required double Duration { get; init; }

    /// <summary>Presentation time of the first frame in seconds; seldom 0 in streams cut out of others.</summary>
    public double Start { get; init; }

    /// <summary>Mean frames a second; 0 for a photo.</summary>
    public required double FrameRate { get; init; }

    /// <summary>True where frames do not follow each other at one rate.</summary>
    public bool VariableFrameRate { get; init; }

    /// <summary>Where its times come from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public FilmClock Clock { get; init; }

    /// <summary>Frames by the container's word or by duration times rate; an estimate.</summary>
    public long Frames { get; init; }

    /// <summary>Longest time between neighbouring keyframes in seconds, over the part that was looked at; 0 where every frame is one; null
    /// where it is not known.</summary>
    public double? KeyframeSpacing { get; init; }

    /// <summary>True for a transfer function of high dynamic range (PQ or HLG): decoding tone-maps it.</summary>
    public bool Hdr { get; init; }

    /// <summary>When the picture was taken, where the file says so (ISO 8601).</summary>
    public string? Created { get; init; }
}
