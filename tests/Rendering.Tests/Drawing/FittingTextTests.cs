using OrleansAtlas.Images;
using OrleansAtlas.Rendering.Drawing;

namespace OrleansAtlas.Tests;

public sealed class FittingTextTests
{
    private static readonly VipsImageCodec Codec = new();

    [Fact]
    public void A_title_that_is_too_long_is_set_smaller_before_any_of_it_is_left_out()
    {
        const string Title = "Frames that look alike lie side by side: the films of one summer";
        var large = Codec.RenderText(Title, 90, true);
        var width = large.Width * 2 / 3;
        var fitted = Codec.FittedText(Title, 90, true, width, 30);
        var height = Codec.FittingHeight([Title], 90, true, width, 30);
        Assert.InRange(fitted.Width, width * 9 / 10, width);
        Assert.Equal(Codec.RenderText(Title, height, true).Coverage, fitted.Coverage);

        // Where the smallest letters are not small enough, its middle goes.
        var cut = Codec.FittedText(Title, 90, true, large.Width / 5, 30);
        Assert.InRange(cut.Width, 1, large.Width / 5);
        Assert.True(cut.Width < Codec.RenderText(Title, 30, true).Width);
    }

    [Fact]
    public void Lines_beside_each_other_get_one_height()
    {
        var width = Codec.RenderText("one-by-one-person", 20, false).Width;
        Assert.Equal(20, Codec.FittingHeight(["frog", "one-by-one-person"], 20, false, width, 15));
        Assert.InRange(Codec.FittingHeight(["frog", "one-by-one-person-dets"], 20, false, width, 10), 12, 19);
        Assert.Equal(15, Codec.FittingHeight([new string('m', 99), "frog"], 20, false, width, 15));
    }

    [Theory]
    [InlineData(0.25, 0.8, "0.25 s")]
    [InlineData(0.25, 30, "0.3 s")]
    [InlineData(12, 30, "12 s")]
    [InlineData(65.4, 70, "1:05")]
    public void Times_of_a_film_of_a_moment_are_told_apart(double seconds, double length, string text) =>
        Assert.Equal(text, ClockText.Of(seconds, length));
}
