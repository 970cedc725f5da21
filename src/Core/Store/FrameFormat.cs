namespace OrleansAtlas.Store;

/// <summary>How frames are kept for pictures.</summary>
public enum FrameFormat
{
    /// <summary>A pack of JPEGs a segment.</summary>
    Jpeg,

    /// <summary>Raw pixels, uint8 <c>[n, height, width, 3]</c>.</summary>
    Raw,
}
