using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Media;

public sealed class FilmTimelineTests
{
    private static readonly (long Num, long Den) Tick = (1, 90_000);

    [Theory]
    [InlineData("packet,3600,0,1905,K__", 3600L, 0L, true)]
    [InlineData("packet,N/A,-7200,12,__", null, -7200L, false)]
    public void A_packet_is_read(string line, long? shown, long? decoded, bool key) =>
        Assert.Equal(new FilmPacket(shown, decoded, key), FilmPacket.Parse(line));

    [Theory]
    [InlineData("packet,3600,0,0,K_")]
    [InlineData("packet,3600,0,12,KD")]
    [InlineData("stream,1/90000")]
    [InlineData("")]
    public void What_shows_no_frame_is_no_packet(string line) => Assert.Null(FilmPacket.Parse(line));

    [Fact]
    public void Frames_are_in_the_order_they_are_shown()
    {
        var timeline = FilmTimeline.Of(
            [new(3600, 0, true), new(14400, 3600, false), new(7200, 7200, false), new(10800, 10800, false)],
            Tick,
            true
        )!;
        Assert.Equal([0.04, 0.08, 0.12, 0.16], timeline.Times.Select(time => Math.Round(time, 6)));
        Assert.Equal((FilmClock.Stored, true), (timeline.Clock, timeline.Even));
    }

    [Fact]
    public void A_clock_that_begins_again_goes_on()
    {
        var part = Enumerable.Range(0, 25).Select(n => new FilmPacket(n * 3600, n * 3600, n == 0)).ToArray();
        var timeline = FilmTimeline.Of([.. part, .. part], Tick, true)!;
        Assert.Equal((FilmClock.Continued, 50, true), (timeline.Clock, timeline.Times.Count, timeline.Even));
        Assert.Equal(2, timeline.Duration, 6);
    }

    [Theory]
    [InlineData(true, FilmClock.Continued, 2)]
    [InlineData(false, FilmClock.Stored, 3602)]
    public void A_long_step_is_another_clock_in_a_broadcast_and_a_pause_elsewhere(bool broadcast, FilmClock clock, double seconds)
    {
        var packets = Enumerable
            .Range(0, 50)
            .Select(n => (n * 3600L) + (n < 25 ? 0 : 3600 * 90_000L))
            .Select(t => new FilmPacket(t, t, true));
        var timeline = FilmTimeline.Of([.. packets], Tick, broadcast)!;
        Assert.Equal(clock, timeline.Clock);
        Assert.Equal(seconds, timeline.Duration, 6);
    }

    [Fact]
    public void Without_times_of_decoding_reordered_frames_are_no_new_clock()
    {
        var shown = (long[])[0, 30, 10, 20, 60, 40, 50];
        var timeline = FilmTimeline.Of([.. shown.Select((t, n) => new FilmPacket(t, null, n == 0))], (1, 1), false)!;
        Assert.Equal((FilmClock.Stored, 10), (timeline.Clock, timeline.Gap));
    }

    [Fact]
    public void Slides_and_pauses_count_only_cells_that_show_a_frame()
    {
        var info = new VideoInfo
        {
            Kind = MediaKind.Film,
            Format = "mov",
            Codec = "h264",
            Width = 64,
            Height = 36,
            DisplayWidth = 64,
            DisplayHeight = 36,
            Duration = 3620,
            FrameRate = 25,
        };
        double[] times = [.. Enumerable.Range(0, 500).Select(n => (n / 25.0) + (n < 250 ? 0 : 3600))];
        var plan = DecodePlanner.Plan(info, new Sampling { FramesPerSecond = 2 }, times);
        Assert.Equal((40, 1), (plan.Samples, plan.Segments));
        var even = DecodePlanner.Plan(
            info with
            {
                Duration = 20,
            },
            new Sampling { FramesPerSecond = 2 },
            [.. times.Take(250), .. times.Skip(250).Select(t => t - 3600)]
        );
        Assert.Null(even.FirstCells);
    }
}
