namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>How many different pictures a mosaic shows.</summary>
/// <param name="Tiles">Tiles that are filled.</param>
/// <param name="Distinct">Tiles that look unlike all before them in reading order: fourteen of one standing scene count once. Two look
/// alike
/// whose 16 x 9 thumbnails differ by less than 6 of 255 on average.</param>
public sealed record MosaicVariety(int Tiles, int Distinct)
{
    /// <summary>Share of the tiles, in (0, 1]; 1 where no two look alike.</summary>
    public double Share => Math.Round((double)Distinct / Tiles, 4);
}
