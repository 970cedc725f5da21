namespace OrleansAtlas.Media;

/// <summary>Which frames ffmpeg has to decode to get the wanted ones.</summary>
public enum DecodeStrategy
{
    /// <summary>A photo: the picture library reads it, no process is started.</summary>
    Photo,

    /// <summary>Keyframes only: they are at least as dense as the samples.</summary>
    Keyframes,

    /// <summary>Forward from the keyframe before the segment, skipping frames that no other frame refers to.</summary>
    ReferenceFrames,

    /// <summary>Forward from the keyframe before the segment, every frame.</summary>
    Forward,

    /// <summary>From the film's start, every frame: its clock cannot be sought.</summary>
    Linear,
}
