using OrleansAtlas.Images;
using OrleansAtlas.Imaging;
using OrleansAtlas.Media;
using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Rendering.Mosaics;

namespace OrleansAtlas.Tests;

public sealed class PosterLayoutTests
{
    private static readonly VipsImageCodec Codec = new();

    [Theory]
    [InlineData("a0", 63, 0.75)]
    [InlineData("a0", 297, 0.7)]
    [InlineData("a0", 1000, 0.5)]
    [InlineData("a3", 63, 0.65)]
    [InlineData("a3", 297, 0.5)]
    public void Every_film_is_in_the_legend_and_most_of_the_sheet_is_left_to_the_frames(string size, int films, double leftToFrames)
    {
        var paper = PaperSize.Find(size)!;
        var layout = new PosterLayout(paper, "Title", Legend(films));
        Assert.Equal(0, layout.LeftOut);
        Assert.True(layout.Inner.Height > leftToFrames * paper.Height, $"{layout.Inner}");
    }

    [Fact]
    public void A_legend_that_is_too_long_says_how_many_films_it_leaves_out()
    {
        var layout = new PosterLayout(PaperSize.Find("a3")!, "", Legend(5000));
        Assert.InRange(layout.LeftOut, 1, 4900);
        Assert.True(layout.Inner.Height > 0.5 * 4961);
    }

    [Theory]
    [InlineData("a0", 63)]
    [InlineData("a3", 300)]
    public void Names_stand_below_the_frames_beside_each_other_and_inside_the_margins(string size, int films)
    {
        var paper = PaperSize.Find(size)!;
        var layout = new PosterLayout(paper, "", Legend(films));
        var top = layout.Inner.Y + layout.Inner.Height;
        var canvas = new Canvas(paper.Width, paper.Height - top, Rgb.White);
        layout.Overlay(Codec)(canvas, top);
        Assert.True(IsWhite(new(0, 0, layout.Inner.X, canvas.Image.Height)));
        Assert.True(IsWhite(new(layout.Inner.X + layout.Inner.Width, 0, layout.Inner.X, canvas.Image.Height)));
        Assert.True(IsWhite(new(0, canvas.Image.Height - (layout.Inner.X / 2), paper.Width, layout.Inner.X / 2)));

        // As many runs of ink as lines of text: none is written over another.
        var lines = 0;
        for (var (row, before) = (0, true); row < canvas.Image.Height; row++)
        {
            var white = IsWhite(new(0, row, paper.Width / 4, 1));
            lines += before && !white ? 1 : 0;
            before = white;
        }

        Assert.InRange(lines, 3, 120);

        bool IsWhite(PixelRectangle area) =>
            Enumerable
                .Range(area.Y, area.Height)
                .All(y => canvas.Image.Span.Slice(((y * paper.Width) + area.X) * 3, area.Width * 3).IndexOfAnyExcept((byte)255) < 0);
    }

    [Fact]
    public void A_long_title_is_whole_and_stays_between_the_margins()
    {
        var paper = PaperSize.Find("a3")!;
        var layout = new PosterLayout(paper, string.Join(' ', Enumerable.Repeat("side by side", 9)), []);
        var canvas = new Canvas(paper.Width, layout.Inner.Y, Rgb.White);
        layout.Overlay(Codec)(canvas, 0);
        bool IsInked(int x) => Enumerable.Range(0, layout.Inner.Y).Any(y => Pixels.At(canvas.Image, x, y).G < 128);
        int[] inked = [.. Enumerable.Range(0, paper.Width).Where(IsInked)];
        Assert.InRange(inked[0], layout.Inner.X, layout.Inner.X + 20);
        Assert.InRange(inked[^1], layout.Inner.X + (layout.Inner.Width * 9 / 10), layout.Inner.X + layout.Inner.Width);

        // Twenty-seven words have twenty-six spaces between them; the three dots of a cut title would close some.
        Assert.Equal(26, inked.Zip(inked.Skip(1)).Count(pair => pair.Second - pair.First > 12));
    }

    [Theory]
    [InlineData(3, 0, "20 of 300 frames, out of 2 of 3 films, side by side where they look alike")]
    [InlineData(3, 300, "20 of 300 photos, side by side where they look alike")]
    [InlineData(3, 7, "20 of 300 frames, out of 2 of 10 films and photos, side by side where they look alike")]
    public void A_poster_of_photos_counts_photos(int films, int photos, string head) =>
        Assert.Equal(
            head,
            PosterLayout.Head(
                20,
                300,
                2,
                [
                    .. Enumerable.Repeat<MediaKind?>(MediaKind.Film, photos == 300 ? 0 : films),
                    .. Enumerable.Repeat<MediaKind?>(MediaKind.Photo, photos),
                ]
            )
        );

    private static string[] Legend(int films) => ["head", .. Enumerable.Range(0, films).Select(i => $"film of a usual name {i} (3)")];
}
