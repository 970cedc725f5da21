namespace OrleansAtlas.Search.Copies;

/// <summary>In which way two films, or two photos, show the same: the first of these that is true.</summary>
public enum CopyKind
{
    /// <summary>One file under two names.</summary>
    Identical,

    /// <summary>The same from beginning to end, perhaps in another size, codec or quality.</summary>
    Same,

    /// <summary>Left and right exchanged; perhaps turned besides.</summary>
    Mirrored,

    /// <summary>Turned by 90, 180 or 270 degrees.</summary>
    Turned,

    /// <summary>Light and dark exchanged.</summary>
    Negative,

    /// <summary>A photo turned by a few degrees; most often cropped besides.</summary>
    Straightened,

    /// <summary>One shows a part of the other's picture.</summary>
    Cropped,

    /// <summary>One has bars, or a plain frame, around its picture.</summary>
    Bordered,

    /// <summary>Played faster or slower.</summary>
    Retimed,

    /// <summary>The same up to the end, after another beginning.</summary>
    Intro,

    /// <summary>One is, or both have, a part of the other.</summary>
    Part,
}

/// <summary>Two films that show the same for a while, or two photos.</summary>
/// <param name="A">Name of the first film.</param>
/// <param name="B">Name of the second.</param>
/// <param name="Kind">In which way.</param>
/// <param name="AStart">Seconds into the first where it begins.</param>
/// <param name="BStart">Seconds into the second where the same is shown.</param>
/// <param name="Seconds">How long, in the first; 0 for photos.</param>
/// <param name="Score">Correlation of what moves, of photos of their details, up to 1.</param>
/// <param name="Samples">Over how many pictures; 0 for identical files.</param>
/// <param name="Tempo">How many times faster the second plays than the first; 1 for photos.</param>
/// <param name="How">All that is different, in words.</param>
public sealed record CopyMatch(
    string A,
    string B,
    CopyKind Kind,
    double AStart,
    double BStart,
    double Seconds,
    double Score,
    int Samples,
    double Tempo,
    string How
)
{
    /// <summary>Degrees that one photo is turned by against the other, beside right angles; 0 for films.</summary>
    public double Degrees { get; init; }
}
