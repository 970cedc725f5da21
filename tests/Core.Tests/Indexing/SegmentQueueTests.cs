using OrleansAtlas.Indexing;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Indexing;

public sealed class SegmentQueueTests
{
    [Fact]
    public void Runs_are_shares_of_what_is_left_and_no_shorter_than_a_minute() =>
        Assert.Equal([(0, 4), (4, 3), (7, 2), (9, 2)], Runs(new SegmentQueue(Enumerable.Range(0, 11), Plan(seconds: 53), workers: 3)));

    [Fact]
    public void A_short_film_is_one_run() =>
        Assert.Equal([(0, 5)], Runs(new SegmentQueue(Enumerable.Range(0, 5), Plan(seconds: 13), workers: 3)));

    [Fact]
    public void No_run_is_longer_than_five_minutes() =>
        Assert.Equal([(0, 5), (5, 5), (10, 5)], Runs(new SegmentQueue(Enumerable.Range(0, 15), Plan(seconds: 60), workers: 1)));

    [Fact]
    public void A_segment_of_an_hour_is_a_run() =>
        Assert.Equal([(0, 1), (1, 1)], Runs(new SegmentQueue([0, 1], Plan(seconds: 3600), workers: 1)));

    [Fact]
    public void A_run_ends_where_a_segment_is_there_already() =>
        Assert.Equal([(0, 2), (4, 1), (6, 3)], Runs(new SegmentQueue([0, 1, 4, 6, 7, 8], Plan(seconds: 2), workers: 1)));

    [Fact]
    public void What_is_put_back_comes_next()
    {
        var queue = new SegmentQueue(Enumerable.Range(0, 8), Plan(seconds: 600), workers: 1);
        Assert.Equal((0, 1), queue.Next());
        Assert.Equal((1, 1), queue.Next());
        queue.PutBack(1, 1);
        queue.PutBack(5, 0);
        Assert.Equal(7, queue.Count);
        Assert.Equal((1, 1), queue.Next());
        queue.Clear();
        Assert.Null(queue.Next());
    }

    private static List<(int First, int Count)> Runs(SegmentQueue queue)
    {
        var runs = new List<(int, int)>();
        while (queue.Next() is { } run)
        {
            runs.Add(run);
        }

        return runs;
    }

    private static DecodePlan Plan(double seconds) =>
        new()
        {
            Strategy = DecodeStrategy.Forward,
            Reason = "",
            Interval = seconds / 2,
            Start = 0,
            HalfFrame = 0.5,
            Samples = 100,
            SamplesPerSegment = 2,
            Width = 64,
            Height = 36,
        };
}
