namespace OrleansAtlas.Media;

/// <summary>How far back ffmpeg begins to reach a segment's frames: the next step is taken where decoding after a seek complains or gives
/// fewer frames than are wanted.</summary>
public enum Reach
{
    /// <summary>As planned: at the keyframe before the segment.</summary>
    Planned,

    /// <summary>Some keyframes before that, every frame decoded.</summary>
    Further,

    /// <summary>At the film's start, every frame decoded.</summary>
    Start,
}
