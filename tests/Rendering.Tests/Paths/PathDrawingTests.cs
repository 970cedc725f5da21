using OrleansAtlas.Images;
using OrleansAtlas.Imaging;
using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Rendering.Paths;

namespace OrleansAtlas.Tests;

public sealed class PathDrawingTests
{
    private const int Text = 24;
    private static readonly PixelRectangle Plot = new(0, 0, 600, 600);
    private static readonly VipsImageCodec Codec = new();

    [Fact]
    public void Frames_that_are_on_no_way_are_seen_on_the_white_ground()
    {
        var canvas = Draw([0.5f, 0.5f], []);
        var darkest = Enumerable
            .Range(280, 40)
            .SelectMany(x => Enumerable.Range(280, 40).Select(y => Pixels.At(canvas.Image, x, y).G))
            .Min();

        // A grey of 200 has 1.7 times as little light as white (the contrast of WCAG 2.1); at 235, where it is 1.2, dots are lost.
        Assert.InRange(darkest, 120, 205);
    }

    [Fact]
    public void Labels_of_films_that_begin_at_one_place_do_not_cover_each_other()
    {
        PathLine[] lines =
        [
            .. Enumerable.Range(0, 12).Select(i => Line(Palette.Category(i), $"{i + 1}", [0.5f, 0.5f, 0.5f + (0.002f * i), 0.51f])),
        ];
        var canvas = Draw([], lines);

        // A disc of this size has 700 pixels, less its number; if it were half covered it had half as many.
        foreach (var line in lines)
        {
            var pixels = Count(canvas.Image, line.Colour);
            Assert.True(pixels > 400, $"{line.Label}: {pixels}");
        }
    }

    [Fact]
    public void A_film_without_a_label_does_not_cover_the_label_of_another()
    {
        var line = Line(Palette.Category(0), "1", [0.5f, 0.5f, 0.9f, 0.9f]);
        var alone = Count(Draw([], [line]).Image, line.Colour);
        PathLine[] others = [.. Enumerable.Range(0, 9).Select(i => Line(Palette.Other, "", [0.5f, 0.49f + (0.002f * i), 0.1f, 0.9f]))];
        Assert.InRange(Count(Draw([], [line, .. others]).Image, line.Colour), alone * 0.98, alone);
    }

    [Fact]
    public void Places_beside_a_way_are_whole_discs()
    {
        // A way along a line, some places three pixels beside it: smoothed, it passes them, and its pale rim may not eat them.
        var times = Enumerable.Range(0, 400).Select(i => i * 0.05).ToArray();
        float[] positions = [.. Enumerable.Range(0, 400).SelectMany(i => (float[])[i / 400f, i % 40 == 0 ? 0.5055f : 0.5f])];
        var canvas = new Canvas(Plot.Width, Plot.Height, Rgb.White);
        new PathDrawing(Codec, canvas, Plot, Text).Draw([], [new PathLine(FilmPath.Of(times, positions), Palette.Category(0), "")]);
        Assert.All(Enumerable.Range(299, 3), x => Assert.InRange(Pixels.At(canvas.Image, x, 302).G, 0, 245));
    }

    [Fact]
    public void A_short_way_is_not_hidden_by_its_own_label()
    {
        // 30 pixels long, as long as the label is wide.
        var way = Draw([], [Line(Palette.Category(0), "1", [0.5f, 0.5f, 0.5f, 0.525f, 0.5f, 0.55f])]);
        var label = Draw([], [Line(Palette.Category(0), "1", [0.5f, 0.5f])]);
        var lit = Enumerable.Range(285, 30).Count(y => Pixels.At(way.Image, 300, y + 14) != (255, 255, 255));
        Assert.InRange(lit, 15, 30);
        Assert.True(Count(way.Image, Palette.Category(0)) > Count(label.Image, Palette.Category(0)) + 40);
    }

    [Fact]
    public void Labels_keep_inside_the_map()
    {
        var places = new FreePlaces(new(10, 10, 100, 100));
        for (var i = 0; i < 12; i++)
        {
            var place = places.Nearest(12, 12, 20, 20, 200);
            Assert.NotNull(place);
            Assert.InRange(place.Value.X, 20, 100);
            Assert.InRange(place.Value.Y, 20, 100);
        }

        Assert.Null(places.Nearest(50, 50, 101, 20, 200));
    }

    private static PathLine Line(Rgb colour, string label, float[] positions) =>
        new(FilmPath.Of([.. Enumerable.Range(0, positions.Length / 2).Select(i => (double)i)], positions), colour, label);

    private static Canvas Draw(float[] positions, PathLine[] lines)
    {
        var canvas = new Canvas(Plot.Width, Plot.Height, Rgb.White);
        new PathDrawing(Codec, canvas, Plot, Text).Draw(positions, lines);
        return canvas;
    }

    private static int Count(RgbImage image, Rgb colour) =>
        Enumerable
            .Range(0, image.Width * image.Height)
            .Count(i => Pixels.At(image, i % image.Width, i / image.Width) == (colour.R, colour.G, colour.B));
}
