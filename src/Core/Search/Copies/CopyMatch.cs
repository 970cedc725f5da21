namespace OrleansAtlas.Search.Copies;

/// <summary>In which way two films show the same.</summary>
public enum CopyKind
{
    /// <summary>One file under two names.</summary>
    Identical,

    /// <summary>The same from beginning to end, perhaps in another size, codec or quality.</summary>
    Same,

    /// <summary>Left and right exchanged.</summary>
    Mirrored,

    /// <summary>One shows a part of the other's picture.</summary>
    Cropped,

    /// <summary>The same up to the end, after another beginning.</summary>
    Intro,

    /// <summary>One is, or both have, a part of the other.</summary>
    Part,
}

/// <summary>Two films that show the same for a while.</summary>
/// <param name="A">Name of the first film.</param>
/// <param name="B">Name of the second.</param>
/// <param name="Kind">In which way.</param>
/// <param name="AStart">Seconds into the first where it begins.</param>
/// <param name="BStart">Seconds into the second where the same is shown.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Score">Correlation of what moves, up to 1.</param>
/// <param name="Samples">Over how many samples; 0 for identical files.</param>
public sealed record CopyMatch(string A, string B, CopyKind Kind, double AStart, double BStart, double Seconds, double Score, int Samples);
