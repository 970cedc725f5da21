namespace OrleansAtlas.Rendering.Charts;

/// <summary>What the colour of a point says.</summary>
public enum ScatterColour
{
    /// <summary>Its film; the twenty with the most frames have a colour.</summary>
    Film,

    /// <summary>Its time in the film, from the film's first frame to its last.</summary>
    Time,

    /// <summary>How far its place can be trusted, 0 to 1.</summary>
    Trust,
}
