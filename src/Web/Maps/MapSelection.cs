namespace OrleansAtlas.Web.Maps;

/// <summary>The frames of a map that are shown, with what it takes to draw and find them.</summary>
internal sealed class MapSelection
{
    /// <param name="map">The map.</param>
    /// <param name="members">Numbers of the frames to show, rising.</param>
    public MapSelection(OrleansAtlas.Maps.AtlasMap map, int[] members)
    {
        Points = new PointGrid(map.Positions, members);
        Trust = new TrustGrid(map.Positions, map.Trust, members);
        Pictures = members.Length == 0 ? null : PictureTree.Build(map.Positions, map.Trust, members);
    }

    /// <summary>Which picture every cell shows; null where there is no frame.</summary>
    public PictureTree? Pictures { get; }

    /// <summary>Finds frames by place.</summary>
    public PointGrid Points { get; }

    /// <summary>Trust by region.</summary>
    public TrustGrid Trust { get; }
}
