using OrleansAtlas.Imaging;

namespace OrleansAtlas.Web.Tiles;

/// <summary>The pixels of a tile of points while they are gathered.</summary>
internal interface IPointPixels
{
    /// <summary>A point covers a pixel, wholly (1) or in part.</summary>
    void Add(int pixel, Rgb colour, float covered);

    /// <summary><c>[height, width, 4]</c>; the more points there are, the less shines through.</summary>
    byte[] Rgba();
}
