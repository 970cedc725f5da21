using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class ProberTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static FfmpegTools Nothing =>
        new()
        {
            Ffmpeg = "/nowhere",
            Ffprobe = "/nowhere",
            Version = "",
        };

    [Theory]
    [InlineData("notes.txt", "Frost an den Bäumen.\r\n", true)]
    [InlineData("list", "#EXTM3U\nfilm.ts\n", true)]
    [InlineData("raw.bin", "\u0001\u0002 some bytes", false)]
    [InlineData("raw.yuv", "YUV4MPEG2 W2 H2 F25:1 C420\nFRAME\nAAAAAA", false)]
    [InlineData("film.mp4", "Frost an den Bäumen.\r\n", false)]
    public async Task Text_is_known_without_a_process_unless_it_is_named_like_a_film(string name, string content, bool text)
    {
        await File.WriteAllTextAsync(_folder[name], content, Clips.Token);
        var result = await new Prober(Nothing, new NoPictures()).ProbeAsync(_folder[name], Clips.Token);
        Assert.Equal(text, result is ProbeResult.Ignored ignored && ignored.Reason == $"{name} is neither a film nor a photo, but text.");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("xx")]
    public async Task A_character_cut_in_the_middle_is_text_too(string before)
    {
        await File.WriteAllTextAsync(_folder["long.txt"], before + string.Concat(Enumerable.Repeat("ä", 5000)), Clips.Token);
        Assert.Contains(
            "but text",
            Assert
                .IsType<ProbeResult.Ignored>(await new Prober(Nothing, new NoPictures()).ProbeAsync(_folder["long.txt"], Clips.Token))
                .Reason,
            StringComparison.Ordinal
        );
    }
}
