using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Work;

/// <summary>Whatever a reason calls a film, a person reads its whole name once.</summary>
public sealed class FileOutcomeTests
{
    [Theory]
    [InlineData("sub/a.mp4", "a.mp4 is empty.", "sub/a.mp4 is empty.")]
    [InlineData("sub/a.mp4", "sub/a.mp4 is empty.", "sub/a.mp4 is empty.")]
    [InlineData("sub/a.mp4", "'a.mp4' cannot be read.", "'sub/a.mp4' cannot be read.")]
    [InlineData("a.mp4", "'http://h/a.mp4' cannot be read.", "'http://h/a.mp4' cannot be read.")]
    [InlineData("a.mp4", "None of its files is there.", "a.mp4: None of its files is there.")]
    public void A_sentence_has_the_name_once(string name, string reason, string sentence) =>
        Assert.Equal(sentence, new FileOutcome(name, reason).Sentence);
}
