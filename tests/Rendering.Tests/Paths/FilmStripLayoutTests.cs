using OrleansAtlas.Imaging;
using OrleansAtlas.Rendering.Paths;

namespace OrleansAtlas.Tests;

public sealed class FilmStripLayoutTests
{
    private static readonly PixelRectangle Area = new(1224, 150, 1116, 1290);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(20)]
    public void Strips_of_six_to_twelve_frames_fill_their_place_and_nothing_covers_anything(int strips)
    {
        var layout = new FilmStripLayout(Area, strips, 21);
        Assert.InRange(layout.Frames, 6, 12);
        List<PixelRectangle> places =
        [
            .. Enumerable
                .Range(0, strips)
                .SelectMany(strip =>
                    (PixelRectangle[])
                        [layout.Head(strip), .. Enumerable.Range(0, layout.Frames).Select(frame => layout.Frame(strip, frame))]
                ),
        ];
        Assert.All(
            places,
            place =>
                Assert.True(
                    place.X >= Area.X
                        && place.Y >= Area.Y
                        && place.X + place.Width <= Area.X + Area.Width
                        && place.Y + place.Height <= Area.Y + Area.Height,
                    $"{place}"
                )
        );
        for (var i = 0; i < places.Count; i++)
        {
            Assert.DoesNotContain(places.Skip(i + 1), other => Cover(places[i], other));
        }

        var frame = layout.Frame(0, 0);
        Assert.InRange(frame.Width / (double)frame.Height, 1.7, 1.85);
        Assert.True(strips * layout.Frames * frame.Width * frame.Height > 0.3 * Area.Width * Area.Height, $"{frame} {layout.Frames}");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    public void The_last_strip_ends_where_the_map_does(int strips)
    {
        var layout = new FilmStripLayout(Area, strips, 21);
        var last = Enumerable.Range(0, strips).Select(strip => layout.Frame(strip, layout.Frames - 1)).MaxBy(frame => frame.Y);
        var bottom = last.Y + last.Height;
        Assert.InRange(bottom, Area.Y + Area.Height - strips, Area.Y + Area.Height);
    }

    [Fact]
    public void A_film_of_three_frames_has_larger_ones_over_the_whole_width()
    {
        var layout = new FilmStripLayout(Area, 1, 21, 3);
        Assert.Equal(3, layout.Frames);
        var last = layout.Frame(0, 2);
        Assert.InRange(last.X + last.Width, Area.X + Area.Width - 6, Area.X + Area.Width);
    }

    private static bool Cover(PixelRectangle a, PixelRectangle b) =>
        a.X < b.X + b.Width && b.X < a.X + a.Width && a.Y < b.Y + b.Height && b.Y < a.Y + a.Height;
}
