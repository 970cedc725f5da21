using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

/// <summary>Where a file was read is in no sentence.</summary>
public sealed class FailureTextTests
{
    private const string Path = "/tmp/atlas-photo-x/a.jpg";

    [Theory]
    [InlineData("No space left on device : '/tmp/atlas-photo-x/a.jpg'", "No space left on device")]
    [InlineData("Error opening input file file:/tmp/atlas-photo-x/a.jpg.", "Error opening input file.")]
    [InlineData("/tmp/atlas-photo-x/a.jpg: Invalid data found", "Invalid data found")]
    [InlineData("VipsJpeg: premature end", "VipsJpeg: premature end")]
    public void A_path_is_left_out(string said, string sentence) => Assert.Equal(sentence, FailureText.Without(said, Path));

    [Fact]
    public void What_the_system_says_by_a_path_is_said_in_words()
    {
        Assert.Equal("it is not there", FailureText.Of(new FileNotFoundException($"Could not find file '{Path}'."), Path));
        Assert.Equal("the server answers 404", FailureText.Of(new FileNotFoundException("the server answers 404"), Path));
        Assert.Equal("this process may not read it", FailureText.Of(new UnauthorizedAccessException(), Path));
    }
}
