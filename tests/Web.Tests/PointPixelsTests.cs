using OrleansAtlas.Imaging;
using OrleansAtlas.Web.Tiles;

namespace OrleansAtlas.Tests;

public sealed class PointPixelsTests
{
    private static readonly Rgb Red = Rgb.Hex(0xff0000);
    private static readonly Rgb Blue = Rgb.Hex(0x0000ff);

    [Fact]
    public void A_pixel_of_many_films_has_the_colour_of_most_and_not_a_grey_one()
    {
        var pixels = new MajorityPixels(new TileSize(2, 1));
        foreach (var colour in new[] { Red, Blue, Blue, Red, Blue })
        {
            pixels.Add(1, colour, 1);
        }

        var rgba = pixels.Rgba();

        Assert.Equal([0, 0, 0, 0], rgba[..4]);
        Assert.Equal([0, 0, 255], rgba[4..7]);
        Assert.InRange(rgba[7], 250, 255);
    }

    [Fact]
    public void A_pixel_of_a_scale_has_the_mean()
    {
        var pixels = new MeanPixels(new TileSize(1, 1));
        pixels.Add(0, Red, 1);
        pixels.Add(0, Blue, 1);

        Assert.Equal([128, 0, 128], pixels.Rgba()[..3]);
    }
}
