namespace OrleansAtlas.Search.Pictures;

/// <summary>How a picture is turned: all eight ways in which a rectangle lies on another are made of these three.</summary>
[Flags]
internal enum PictureTurn
{
    /// <summary>As it is.</summary>
    None = 0,

    /// <summary>Left and right exchanged.</summary>
    Mirrored = 1,

    /// <summary>Top and bottom exchanged.</summary>
    Flipped = 2,

    /// <summary>Rows and columns exchanged; the other two come after it.</summary>
    Transposed = 4,

    /// <summary>By 180 degrees.</summary>
    Half = Mirrored | Flipped,
}
