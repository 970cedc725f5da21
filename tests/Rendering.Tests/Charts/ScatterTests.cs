using OrleansAtlas.Images;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Charts;
using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Tests;

public sealed class ScatterTests
{
    private static readonly VipsImageCodec Codec = new();

    [Fact]
    public void Has_the_colour_of_every_film_in_its_legend()
    {
        MapFrame[] frames = [.. Enumerable.Range(0, 60).Select(i => new MapFrame(i % 30, 0, i / 30, i, i / 60.0, i * 7 % 60 / 60.0))];
        var films = Enumerable.Range(0, 30).Select(i => $"folder/film {i}.mp4").ToArray();
        var scatter = new Scatter(Codec);
        var picture = scatter.Draw(frames, films, null, new ScatterOptions { Title = "Films" });
        Assert.Equal((1600, 1200), (picture.Width, picture.Height));
        var colours = Enumerable
            .Range(0, 1600 * 1200)
            .Select(i => Pixels.At(picture, i % 1600, i / 1600))
            .Where((_, i) => i % 1600 > 1150)
            .ToHashSet();
        Assert.All(Enumerable.Range(0, 20).Select(i => Palette.Category(i)), c => Assert.Contains((c.R, c.G, c.B), colours));
        Assert.Equal(picture.Pixels, scatter.Draw(frames, films, null, new ScatterOptions { Title = "Films" }).Pixels);
        Assert.NotEqual(
            picture.Pixels,
            scatter.Draw(frames, films, null, new ScatterOptions { Title = "Films", Colour = ScatterColour.Time }).Pixels
        );
    }
}
