using System.Globalization;

namespace OrleansAtlas.Web.Tiles;

/// <summary>What is drawn on a tile.</summary>
internal enum LayerKind
{
    /// <summary>Pictures side by side.</summary>
    Pictures,

    /// <summary>Points in colour.</summary>
    Points,

    /// <summary>Regions shaded by trust.</summary>
    Trust,
}

/// <summary>What the colour of a point says.</summary>
internal enum PointColour
{
    /// <summary>Its film.</summary>
    Film,

    /// <summary>Its time in the film.</summary>
    Time,

    /// <summary>How far its place can be trusted.</summary>
    Trust,

    /// <summary>How long its film is.</summary>
    Length,
}

/// <summary>A layer as it is named in an address: <c>pictures0</c> to <c>pictures4</c> (that many halvings of a tile make a
/// picture), <c>points-film</c>, <c>points-time</c>, <c>points-trust</c>, <c>points-length</c>, each also with
/// <c>-dark</c> for a dark ground, <c>trust</c>.</summary>
internal readonly record struct Layer(LayerKind Kind, int Density = 0, PointColour Colour = default, bool OnDark = false)
{
    public const string Names =
        "pictures0 to pictures4, points-film, points-time, points-trust and points-length, which may end with -dark, and trust";
    public const int MostDensity = 4;

    /// <summary>The layer of a name, or null.</summary>
    public static Layer? Parse(string name) =>
        name switch
        {
            "trust" => new(LayerKind.Trust),
            "points-film" => Points(PointColour.Film),
            "points-time" => Points(PointColour.Time),
            "points-trust" => Points(PointColour.Trust),
            "points-length" => Points(PointColour.Length),
            ['p', 'o', 'i', 'n', 't', 's', .. var colour, '-', 'd', 'a', 'r', 'k'] => Parse("points" + colour) is { } light
                ? light with
                {
                    OnDark = true,
                }
                : null,
            ['p', 'i', 'c', 't', 'u', 'r', 'e', 's', >= '0' and <= '4' and var digit] => new(LayerKind.Pictures, digit - '0'),
            _ => null,
        };

    private static Layer Points(PointColour colour) => new(LayerKind.Points, Colour: colour);
}

/// <summary>Where a tile is: at level n the plane is <c>2^n</c> tiles wide and high.</summary>
internal readonly record struct TileAddress(int Level, int X, int Y)
{
    /// <summary>The deepest level there is.</summary>
    public const int Deepest = 20;

    /// <summary>Side of a tile on the plane.</summary>
    public double Width => Math.ScaleB(1, -Level);

    /// <summary>Whether there is such a tile.</summary>
    public bool IsValid => Level is >= 0 and <= Deepest && X >= 0 && Y >= 0 && X < 1 << Level && Y < 1 << Level;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Level}/{X}/{Y}");
}

/// <summary>Size of a tile in pixels: the plane has the shape of the pictures on it.</summary>
internal readonly record struct TileSize(int Width, int Height)
{
    /// <summary>512 pixels on the longer side; sides can be halved four times.</summary>
    public static TileSize Of(double aspect) => aspect >= 1 ? new(512, 288) : new(288, 512);
}
