using OrleansAtlas.Store;

namespace OrleansAtlas.Tests.Store;

public sealed class StatisticsPartTests
{
    [Fact]
    public void Parts_cover_every_frame_once_in_fixed_runs()
    {
        var frames = Frames(films: 50, segments: 13, count: 64);
        var parts = StatisticsPart.Cut(frames, long.MaxValue);
        Assert.Equal(frames.Count, parts.Sum(part => part.Count));
        Assert.All(parts.SkipLast(1), part => Assert.Equal(StatisticsPart.FramesPerPart, part.Count));
        var all = parts.SelectMany(part => part.Slices).SelectMany(Expand).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Equal(all.OrderBy(frame => frame, StringComparer.Ordinal), all);
    }

    [Fact]
    public void Above_the_limit_an_evenly_spread_share_is_taken()
    {
        var frames = Frames(films: 7, segments: 3, count: 50);
        var taken = StatisticsPart.Cut(frames, 300).SelectMany(part => part.Slices).SelectMany(Expand).ToList();
        Assert.Equal(263, taken.Count);
        var all = StatisticsPart.Cut(frames, long.MaxValue).SelectMany(part => part.Slices).SelectMany(Expand).ToList();
        Assert.Equal(all.Where((_, number) => number % 4 == 0), taken);
    }

    [Fact]
    public void A_parts_name_follows_from_its_frames()
    {
        var (a, b) = (Frames(3, 2, 10), Frames(3, 2, 11));
        Assert.Equal(Assert.Single(StatisticsPart.Cut(a, 1000)).Name, Assert.Single(StatisticsPart.Cut(a, 1000)).Name);
        Assert.NotEqual(Assert.Single(StatisticsPart.Cut(a, 1000)).Name, Assert.Single(StatisticsPart.Cut(b, 1000)).Name);
    }

    [Fact]
    public void Frames_of_a_damaged_film_and_as_many_of_the_mended_one_have_names_of_their_own()
    {
        var whole = new FrameSet([new FilmFrames("a", [new SegmentFrames(0, 10), new SegmentFrames(1, 10)])]);
        var damaged = new FrameSet([new FilmFrames("a", [new SegmentFrames(0, 10), new SegmentFrames(1, 10) { Noted = true }])]);
        Assert.NotEqual(whole.Version, damaged.Version);
        Assert.NotEqual(Assert.Single(StatisticsPart.Cut(whole, 1000)).Name, Assert.Single(StatisticsPart.Cut(damaged, 1000)).Name);
    }

    private static FrameSet Frames(int films, int segments, int count) =>
        new([
            .. Enumerable
                .Range(0, films)
                .Select(film => new FilmFrames(
                    $"{film:000}",
                    [.. Enumerable.Range(0, segments).Select(segment => new SegmentFrames(segment, count))]
                )),
        ]);

    private static IEnumerable<string> Expand(FrameSlice slice) =>
        Enumerable.Range(0, slice.Count).Select(i => $"{slice.VideoId} {slice.Segment:000} {slice.First + i * slice.Step:000}");
}
