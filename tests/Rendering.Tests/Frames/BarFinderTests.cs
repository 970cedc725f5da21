using OrleansAtlas.Images;
using OrleansAtlas.Imaging;
using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Rendering.Frames;

namespace OrleansAtlas.Tests;

/// <summary>Films of 160 x 90 pixels, 16 frames each.</summary>
public sealed class BarFinderTests
{
    private const int Width = 160;
    private const int Height = 90;

    [Theory]
    [InlineData(20, 0, 20, 0)] // 4:3 in 16:9
    [InlineData(0, 12, 0, 12)] // 2.39:1
    [InlineData(20, 12, 20, 12)] // both
    [InlineData(54, 0, 54, 0)] // held upright
    [InlineData(0, 8, 0, 16)] // not in the middle
    [InlineData(0, 0, 0, 10)] // at one side
    [InlineData(1, 0, 2, 0)] // hair
    public void Bars_are_found_to_the_pixel_also_where_most_scenes_are_dark(int left, int top, int right, int bottom)
    {
        var picture = new PixelRectangle(left, top, Width - left - right, Height - top - bottom);
        foreach (var dark in (int[])[0, 8, 13])
        {
            var inside = Find(i => Scene(picture, i, i < dark ? 20 : 200)).Inside(Width, Height);
            Assert.True(
                Math.Abs(inside.X - picture.X) <= 2
                    && Math.Abs(inside.Y - picture.Y) <= 2
                    && Math.Abs(inside.X + inside.Width - picture.X - picture.Width) <= 2
                    && Math.Abs(inside.Y + inside.Height - picture.Y - picture.Height) <= 2
                    && inside.X >= picture.X
                    && inside.Y >= picture.Y,
                $"{inside} of {picture}, {dark} dark"
            );
        }
    }

    [Fact]
    public void The_bars_of_a_film_that_is_dim_throughout_are_found_as_well() =>
        Assert.InRange(Find(i => Scene(new(20, 0, Width - 40, Height), i, 30)).Left, 20.0 / Width, 22.0 / Width);

    [Fact]
    public void A_bar_before_a_black_sky_is_as_wide_as_the_one_across()
    {
        var bars = Find(i => Draw((x, y) => y > 30 + (Math.Abs(x - 80) / 3) && y < 78 ? 60 + (((x * 7) + (i * 31)) % 120) : 3));
        Assert.InRange(bars.Bottom, 12.0 / Height, 14.0 / Height);
        Assert.Equal(bars.Bottom, bars.Top);
    }

    [Fact]
    public void A_film_that_is_dark_all_over_keeps_its_edges() =>
        Assert.Equal(BlackBars.None, Find(i => Scene(new(0, 0, Width, Height), i, 22)));

    [Fact]
    public void Objects_before_black_are_no_picture_with_bars() =>
        Assert.Equal(
            BlackBars.None,
            Find(i =>
            {
                var canvas = new Canvas(Width, Height, new Rgb(0, 0, 0));
                canvas.Disc(80 + (i * 2), 45 - i, 18, new Rgb(90, 120, 220));
                return canvas.Image;
            })
        );

    [Fact]
    public void A_vignette_is_no_bar() =>
        Assert.Equal(
            BlackBars.None,
            Find(i =>
                Draw((x, y) => 240 * Math.Max(0, 1 - (Math.Pow(x - 80, 2) / 6000) - (Math.Pow(y - 45, 2) / 1900)) * (0.8 + (0.01 * i)))
            )
        );

    [Fact]
    public void A_dark_wall_beside_a_window_is_part_of_the_shot() =>
        Assert.Equal(BlackBars.None, Find(_ => Draw((x, y) => x < 60 ? 5 : 120 + (y % 20))));

    [Fact]
    public void A_sky_that_is_black_only_at_night_is_picture() =>
        Assert.Equal(BlackBars.None, Find(i => Draw((x, y) => y is < 15 or >= 75 ? (i < 12 ? 4 : 150) : 90 + (((x * 7) + (i * 31)) % 80))));

    [Fact]
    public void One_frame_that_fills_the_whole_size_does_not_hide_the_bars_of_the_others_and_is_not_cut_itself()
    {
        var picture = new PixelRectangle(0, 12, Width, Height - 24);
        var logo = Scene(new(0, 0, Width, Height), 1, 200);
        var bars = Find(i => i == 3 ? logo : Scene(picture, i, 200));
        Assert.InRange(bars.Top, 12.0 / Height, 14.0 / Height);
        Assert.Same(logo, bars.Cut(logo));
        var cut = bars.Cut(Scene(picture, 5, 200));
        Assert.Equal((Width, bars.Inside(Width, Height).Height), (cut.Width, cut.Height));
    }

    [Fact]
    public void A_dark_frame_is_cut_as_the_others_of_its_film()
    {
        var picture = new PixelRectangle(20, 0, Width - 40, Height);
        var bars = Find(i => Scene(picture, i, 200));
        Assert.Equal(bars.Inside(Width, Height).Width, bars.Cut(Scene(picture, 2, 10)).Width);
    }

    [Fact]
    public void A_photo_has_bars_only_where_they_are_alike_at_both_sides()
    {
        Assert.NotEqual(BlackBars.None, Find(i => Scene(new(20, 0, Width - 40, Height), i, 200), 1));
        Assert.Equal(BlackBars.None, Find(i => Scene(new(0, 15, Width, Height - 15), i, 200), 1));
    }

    [Fact]
    public void The_black_hairlines_around_a_scanned_photo_are_cut()
    {
        var photo = new VipsImageCodec().Decode(File.ReadAllBytes(TestFiles.Shared("photos", "caltech101", "Leopards", "image_0008.jpg")));
        var finder = new BarFinder(photo.Width, photo.Height);
        finder.Add(photo);
        var inside = finder.Find().Inside(photo.Width, photo.Height);
        Assert.Equal((3, photo.Height - 3), (inside.Y, inside.Height));
        Assert.InRange(inside.X, 3, 5);
        Assert.InRange(inside.X + inside.Width, photo.Width - 7, photo.Width - 4);
    }

    [Fact]
    public void Four_edges_that_are_lit_twice_end_the_search()
    {
        var finder = new BarFinder(Width, Height);
        finder.Add(Scene(new(0, 0, Width, Height), 0, 200));
        Assert.True(finder.IsOpen);
        finder.Add(Scene(new(0, 0, Width, Height), 1, 200));
        Assert.False(finder.IsOpen);
    }

    private static BlackBars Find(Func<int, RgbImage> frame, int frames = 16)
    {
        var finder = new BarFinder(Width, Height);
        for (var i = 0; i < frames; i++)
        {
            finder.Add(frame(i));
        }

        return finder.Find();
    }

    /// <summary>A scene that moves, inside black bars with the noise of a compressed film.</summary>
    private static RgbImage Scene(PixelRectangle picture, int i, double light) =>
        Draw(
            (x, y) =>
                x >= picture.X && x < picture.X + picture.Width && y >= picture.Y && y < picture.Y + picture.Height
                    ? light * (0.55 + (0.45 * Math.Sin((x * 0.11) + (y * 0.07) + (i * 1.7))))
                    : 3 + (((x * 31) + (y * 17) + (i * 7)) % 9)
        );

    private static RgbImage Draw(Func<int, int, double> light)
    {
        var image = new RgbImage(Width, Height);
        for (var i = 0; i < Width * Height; i++)
        {
            image.Pixels.AsSpan(i * 3, 3).Fill((byte)Math.Clamp(light(i % Width, i / Width), 0, 255));
        }

        return image;
    }
}
