using OrleansAtlas.Errors;

namespace OrleansAtlas.Tests.Errors;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("holidays/día 1.mp4", "holidays/día 1.mp4")]
    [InlineData("a\u001b[31mred\u001b[0m.mp4", "a\\x1b[31mred\\x1b[0m.mp4")]
    [InlineData("a\nfailed: b\r\t.mp4", "a\\x0afailed: b\\x0d\\x09.mp4")]
    [InlineData("a\u009b2J.mp4", "a\\x9b2J.mp4")]
    [InlineData("a\u202e4pm.exe", "a\\u202e4pm.exe")]
    [InlineData("a\u2028b", "a\\u2028b")]
    public void Control_characters_are_shown_as_what_they_are(string text, string shown) => Assert.Equal(shown, PlainText.Escape(text));

    [Fact]
    public void Line_feeds_stay_where_they_are_asked_to() => Assert.Equal("a\nb\\x1b", PlainText.Escape("a\nb\u001b", keepLines: true));
}
