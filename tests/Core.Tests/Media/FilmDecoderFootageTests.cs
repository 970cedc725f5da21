using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class FilmDecoderFootageTests
{
    [Theory]
    [InlineData("mdn-shared-assets", "flower.webm")]
    [InlineData("mdn-shared-assets", "friday.mp4")]
    [InlineData("mdn-interactive", "stream-of-water.mp4")]
    [InlineData("intel-sample-videos", "bottle-detection.mp4")]
    [InlineData("intel-sample-videos", "asl_gestures", "again.mkv")]
    public async Task Real_films_keep_their_times(params string[] parts)
    {
        var path = TestFiles.Shared(["footage", .. parts]);
        var info = await Clips.ProbeAsync(path);
        var plan = DecodePlanner.Plan(info, new Sampling { Keep = 0.05 });
        var all = await Clips.FramesAsync(path);
        var frames = await Clips.DecodeAsync(path, info, plan with { SamplesPerSegment = (plan.Samples / 3) + 1 });
        Assert.InRange(frames.Count, plan.Samples - 1, plan.Samples + 1);
        Assert.All(frames, frame => Assert.Contains(all, other => Math.Abs(other.Time - frame.Time) < 1e-6));
        Assert.Equal(frames.Select(frame => frame.Time).Distinct().Order(), frames.Select(frame => frame.Time));
        Assert.Equal(await Clips.DecodeAsync(path, info, plan with { SamplesPerSegment = 100_000 }), frames);
    }
}
