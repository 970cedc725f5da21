using Microsoft.Extensions.Logging;
using OrleansAtlas.Indexing;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Indexing;

public sealed class VideoIndexerTests
{
    private const string Film = "film";

    // Seconds between samples with which each segment is a run of its own.
    private const double Long = 600;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_segments_that_are_missing_are_asked_for()
    {
        using var collection = await TestCollection.MakeAsync();
        await collection.AddFilmAsync(Film, segments: 4, interval: Long);
        await collection.AddSegmentAsync(Film, 1);
        var dispatcher = Storing(collection);
        var receipt = await new VideoIndexer(collection.Context, dispatcher).IndexAsync("c", Film, Cancel);
        Assert.Equal([0, 2, 3], dispatcher.Segments.Order());
        Assert.Equal(new VideoReceipt(Film, "film.mp4", WorkStatus.Done, 8, 6, null), receipt);
    }

    [Fact]
    public async Task A_film_that_is_all_there_asks_for_nothing()
    {
        using var collection = await TestCollection.MakeAsync();
        await collection.AddFilmAsync(Film, segments: 1, interval: Long);
        await collection.AddSegmentAsync(Film, 0);
        var receipt = await new VideoIndexer(collection.Context, new FakeDispatcher()).IndexAsync("c", Film, Cancel);
        Assert.Equal(new VideoReceipt(Film, "film.mp4", WorkStatus.AlreadyDone, 2, 0, null), receipt);
    }

    [Fact]
    public async Task A_film_that_is_not_in_the_collection_fails_with_a_sentence()
    {
        using var collection = await TestCollection.MakeAsync();
        var receipt = await new VideoIndexer(collection.Context, new FakeDispatcher()).IndexAsync("c", Film, Cancel);
        Assert.Equal((WorkStatus.Failed, "Film 'film' is not in collection 'c'."), (receipt.Status, receipt.Reason));
    }

    [Fact]
    public async Task After_three_failed_segments_the_film_is_given_up_and_the_log_says_so()
    {
        using var collection = await TestCollection.MakeAsync(options: new WorkOptions { Threads = 1, SegmentsPerFilm = 1 });
        await collection.AddFilmAsync(Film, segments: 10, interval: Long);
        var dispatcher = new FakeDispatcher { Segment = (task, _) => Task.FromResult(Failed(task)) };
        var receipt = await new VideoIndexer(collection.Context, dispatcher).IndexAsync("c", Film, Cancel);
        Assert.Equal([0, 1, 2], dispatcher.Segments);
        Assert.Equal((WorkStatus.Failed, "segment 0 is damaged"), (receipt.Status, receipt.Reason));
        Assert.Equal("segment 0 is damaged", (await collection.Store.VideoAsync(Film, Cancel))!.Failure);
        Assert.Equal(["c: film film is given up after 3 failed segments; 7 are not tried"], collection.Logged(LogLevel.Warning));
    }

    [Fact]
    public async Task Segments_that_end_well_after_the_third_failure_do_not_give_the_film_up_again()
    {
        using var collection = await TestCollection.MakeAsync(options: new WorkOptions { Threads = 1, SegmentsPerFilm = 4 });
        await collection.AddFilmAsync(Film, segments: 9, interval: Long);
        var dispatcher = new FakeDispatcher
        {
            Segment = (task, _) => task.Segment < 3 ? Task.FromResult(Failed(task)) : collection.AddSegmentAsync(Film, task.Segment),
        };
        var receipt = await new VideoIndexer(collection.Context, dispatcher).IndexAsync("c", Film, Cancel);
        Assert.Equal([0, 1, 2, 3, 4, 5], dispatcher.Segments);
        Assert.Equal(6, receipt.NewFrames);
        Assert.Single(collection.Logged(LogLevel.Warning));
    }

    [Fact]
    public async Task Where_fewer_segments_fail_the_others_are_kept_and_the_first_reason_is_told()
    {
        using var collection = await TestCollection.MakeAsync();
        await collection.AddFilmAsync(Film, segments: 6, interval: Long);
        var dispatcher = new FakeDispatcher
        {
            Segment = (task, _) => task.Segment is 2 or 4 ? Task.FromResult(Failed(task)) : collection.AddSegmentAsync(Film, task.Segment),
        };
        var receipt = await new VideoIndexer(collection.Context, dispatcher).IndexAsync("c", Film, Cancel);
        Assert.Equal(new VideoReceipt(Film, "film.mp4", WorkStatus.Failed, 8, 8, "segment 2 is damaged"), receipt);
        Assert.Empty(collection.Logged(LogLevel.Warning));
    }

    [Fact]
    public async Task A_film_that_is_whole_again_loses_its_failure_and_the_log_says_so()
    {
        using var collection = await TestCollection.MakeAsync();
        await collection.AddFilmAsync(Film, segments: 2, failure: "segment 1 is damaged");
        var receipt = await new VideoIndexer(collection.Context, Storing(collection)).IndexAsync("c", Film, Cancel);
        Assert.Equal(WorkStatus.Done, receipt.Status);
        Assert.Null((await collection.Store.VideoAsync(Film, Cancel))!.Failure);
        Assert.Equal(["c: film film is whole again; it had failed: segment 1 is damaged"], collection.Logged(LogLevel.Information));
    }

    [Fact]
    public async Task No_more_segments_are_under_way_than_the_options_say()
    {
        using var collection = await TestCollection.MakeAsync(options: new WorkOptions { Threads = 1, SegmentsPerFilm = 3 });
        await collection.AddFilmAsync(Film, segments: 8, interval: Long);
        var (now, most) = (0, 0);
        var third = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var dispatcher = new FakeDispatcher
        {
            Segment = async (task, _) =>
            {
                lock (third)
                {
                    now++;
                    most = Math.Max(most, now);
                    if (now == 3)
                    {
                        third.TrySetResult();
                    }
                }

                // However late a thread is: nothing ends before three are under way, and a fourth has the time of a write to begin.
                await third.Task;
                var receipt = await collection.AddSegmentAsync(Film, task.Segment);
                lock (third)
                {
                    now--;
                }

                return receipt;
            },
        };
        await new VideoIndexer(collection.Context, dispatcher).IndexAsync("c", Film, Cancel);
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task Stopped_it_ends_only_when_its_segments_have()
    {
        using var collection = await TestCollection.MakeAsync(options: new WorkOptions { Threads = 1, SegmentsPerFilm = 2 });
        await collection.AddFilmAsync(Film, segments: 4, interval: Long);
        var (first, second) = (new TaskCompletionSource<SegmentReceipt>(), new TaskCompletionSource<SegmentReceipt>());
        var dispatcher = new FakeDispatcher { Segment = (task, _) => (task.Segment == 0 ? first : second).Task };
        var running = new VideoIndexer(collection.Context, dispatcher).IndexAsync("c", Film, Cancel);
        first.SetCanceled(Cancel);
        Assert.False(running.IsCompleted);
        second.SetCanceled(Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal([0, 1], dispatcher.Segments);
    }

    [Fact]
    public async Task Short_segments_that_follow_each_other_are_asked_for_together()
    {
        using var collection = await TestCollection.MakeAsync(options: new WorkOptions { Threads = 1, SegmentsPerFilm = 2 });
        await collection.AddFilmAsync(Film, segments: 10);
        await collection.AddSegmentAsync(Film, 3);
        var dispatcher = Storing(collection);
        var receipt = await new VideoIndexer(collection.Context, dispatcher).IndexAsync("c", Film, Cancel);
        Assert.Equal([(0, 3), (4, 6)], dispatcher.Tasks.Select(task => (task.Segment, task.Count)));
        Assert.Equal((WorkStatus.Done, 18), (receipt.Status, receipt.NewFrames));
    }

    [Fact]
    public async Task What_follows_a_segment_that_failed_is_asked_for_again()
    {
        using var collection = await TestCollection.MakeAsync(options: new WorkOptions { Threads = 1, SegmentsPerFilm = 1 });
        await collection.AddFilmAsync(Film, segments: 6);
        var dispatcher = new FakeDispatcher
        {
            Segment = (task, _) => task.Segment is 2 or 3 ? Task.FromResult(Failed(task)) : collection.AddSegmentAsync(Film, task.Segment),
        };
        var receipt = await new VideoIndexer(collection.Context, dispatcher).IndexAsync("c", Film, Cancel);
        Assert.Equal([(0, 6), (3, 3), (4, 2)], dispatcher.Tasks.Select(task => (task.Segment, task.Count)));
        Assert.Equal((8, "segment 2 is damaged"), (receipt.NewFrames, receipt.Reason));
    }

    private static FakeDispatcher Storing(TestCollection collection) =>
        new() { Segment = (task, _) => collection.AddSegmentAsync(task.VideoId, task.Segment) };

    private static SegmentReceipt Failed(SegmentTask task) =>
        new(task.VideoId, task.Segment, WorkStatus.Failed, 0, $"segment {task.Segment} is damaged");
}
