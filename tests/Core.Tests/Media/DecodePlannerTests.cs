using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class DecodePlannerTests
{
    private static readonly VideoInfo Film = new()
    {
        Kind = MediaKind.Film,
        Format = "mov,mp4",
        Codec = "h264",
        Width = 1920,
        Height = 1080,
        DisplayWidth = 1920,
        DisplayHeight = 1080,
        Duration = 100,
        Start = 1.5,
        FrameRate = 25,
        Frames = 2500,
        KeyframeSpacing = 10,
    };

    private static DecodePlan Plan(VideoInfo info, double? keep = 0.05, double? fps = null) =>
        DecodePlanner.Plan(info, new Sampling { Keep = keep, FramesPerSecond = fps });

    [Fact]
    public void Keeps_the_share_of_frames_that_is_wanted()
    {
        var plan = Plan(Film);
        Assert.Equal((0.8, 1.5, 0.02, 125), (plan.Interval, plan.Start, plan.HalfFrame, plan.Samples));
        Assert.Equal(2500, Plan(Film, keep: 1).Samples);
        Assert.Equal(200, Plan(Film, null, 2).Samples);
    }

    [Fact]
    public void Never_takes_more_samples_than_frames() => Assert.Equal(2500, Plan(Film, null, 1000).Samples);

    [Fact]
    public void Decodes_only_what_the_sampling_needs()
    {
        Assert.Equal(DecodeStrategy.ReferenceFrames, Plan(Film).Strategy);
        Assert.Equal(DecodeStrategy.Forward, Plan(Film, keep: 0.5).Strategy);
        Assert.Equal(DecodeStrategy.Forward, Plan(Film with { Codec = "vp9" }).Strategy);
        Assert.Equal(DecodeStrategy.Forward, Plan(Film with { Codec = "vp9", KeyframeSpacing = null }).Strategy);
        Assert.Equal(DecodeStrategy.Keyframes, Plan(Film with { KeyframeSpacing = 0.8 }).Strategy);
        Assert.Equal(DecodeStrategy.Keyframes, Plan(Film with { KeyframeSpacing = 0 }, keep: 1).Strategy);
    }

    [Theory]
    [InlineData(1920, 1080, 534, 300)]
    [InlineData(1080, 1920, 300, 534)]
    [InlineData(640, 480, 400, 300)]
    [InlineData(3840, 1600, 534, 222)]
    [InlineData(500, 500, 300, 300)]
    [InlineData(320, 241, 320, 240)]
    [InlineData(1, 1, 2, 2)]
    [InlineData(10000, 10, 534, 2)]
    public void Fits_frames_into_the_size_of_a_tile(int width, int height, int wide, int high)
    {
        var plan = Plan(Film with { DisplayWidth = width, DisplayHeight = height });
        Assert.Equal((wide, high), (plan.Width, plan.Height));
    }

    [Fact]
    public void Makes_segments_of_seconds_of_work_that_are_worth_their_seek()
    {
        var hour = Film with { Duration = 3600 };
        Assert.Equal(64, Plan(hour).SamplesPerSegment);
        Assert.Equal((4500 + 63) / 64, Plan(hour).Segments);
        Assert.Equal(500, Plan(hour, keep: 1).SamplesPerSegment);
        Assert.Equal(75, Plan(hour with { KeyframeSpacing = 30 }).SamplesPerSegment);
        Assert.Equal(25, Plan(hour with { Width = 7680, Height = 4320 }).SamplesPerSegment);
    }

    [Fact]
    public void Takes_a_photo_as_a_film_of_one_frame()
    {
        var plan = Plan(Film with { Kind = MediaKind.Photo, FrameRate = 0, Duration = 0, DisplayWidth = 3000, DisplayHeight = 4000 });
        Assert.Equal((DecodeStrategy.Photo, 1, 1, 300, 400), (plan.Strategy, plan.Samples, plan.Segments, plan.Width, plan.Height));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.5, 2.0)]
    [InlineData(0.0, null)]
    [InlineData(1.01, null)]
    [InlineData(null, -1.0)]
    [InlineData(double.NaN, null)]
    public void Says_what_a_sampling_may_be(double? keep, double? fps) =>
        Assert.Contains("above 0", Assert.Throws<ArgumentException>(() => Plan(Film, keep, fps)).Message, StringComparison.Ordinal);
}
