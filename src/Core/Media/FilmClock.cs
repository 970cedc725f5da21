namespace OrleansAtlas.Media;

/// <summary>Where the times of a film's frames come from.</summary>
public enum FilmClock
{
    /// <summary>They stand in the file.</summary>
    Stored,

    /// <summary>They stand in the file but begin again or jump, as where recordings were glued: each part goes on where the one before it
    /// ended.</summary>
    Continued,

    /// <summary>None are in the file: frames are counted at the nominal rate.</summary>
    Counted,
}
