namespace OrleansAtlas.Media;

/// <summary>What kind of source a file is.</summary>
public enum MediaKind
{
    /// <summary>A moving picture, decoded by ffmpeg.</summary>
    Film,

    /// <summary>A still picture: a film of one frame at time 0.</summary>
    Photo,
}
