using Microsoft.Extensions.Logging;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Tests.Work;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Indexing;

public sealed class CollectionIndexerTests : IAsyncLifetime
{
    private readonly Told _told = new();
    private TestCollection _collection = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _collection = await TestCollection.MakeAsync(options: new WorkOptions { Threads = 2, FilmsInFlight = 3 });

    public ValueTask DisposeAsync()
    {
        _collection.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Two_names_of_one_film_in_one_run_are_indexed_once_and_told_once()
    {
        await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        await _collection.WriteAsync("b.png", SourceRegistryTests.Photo(1));
        var dispatcher = _collection.Storing("a.png");
        var report = await IndexAsync(dispatcher);
        Assert.Single(dispatcher.Videos);
        Assert.Equal("a.png", Assert.Single(report.Done).Name);
        Assert.Empty(report.Failed);
        Assert.Equal((2, 2, 1), _told.Reports.Select(step => (step.Done, step.Total, step.Frames)).Last());
    }

    [Fact]
    public async Task Two_names_of_a_film_that_fails_are_both_told_and_logged()
    {
        await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        await _collection.WriteAsync("b.png", SourceRegistryTests.Photo(1));
        var dispatcher = Dispatchers.Answering(id => new VideoReceipt(id, "a.png", WorkStatus.Failed, 0, 0, "It is damaged."));
        var report = await IndexAsync(dispatcher);
        Assert.Single(dispatcher.Videos);
        Assert.Empty(report.Done);
        Assert.Equal([new FileOutcome("a.png", "It is damaged."), new FileOutcome("b.png", "It is damaged.")], report.Failed);
        Assert.Equal(
            ["c: the file 'a.png' failed: It is damaged.", "c: the file 'b.png' failed: It is damaged."],
            _collection.Logged(LogLevel.Warning).Order(StringComparer.Ordinal)
        );
        Assert.Equal(["a.png: It is damaged.", "b.png: It is damaged."], _told.Reports.Select(step => step.Message!).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public async Task What_the_store_has_lost_is_done_again_or_told_as_failed(int losses)
    {
        await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        var storing = _collection.Storing("a.png");
        var dispatcher = new FakeDispatcher
        {
            Map = () => null,
            Video = async (id, cancel) =>
            {
                var receipt = await storing.Video(id, cancel);
                if (losses-- > 0)
                {
                    await _collection.Store.RemoveVideoAsync(id, cancel);
                }

                return receipt;
            },
        };
        var isLost = losses > 3;
        var report = await IndexAsync(dispatcher);
        Assert.Equal(isLost ? 3 : 2, dispatcher.Videos.Count);
        Assert.Equal(isLost ? 0 : 1, report.Done.Count);
        Assert.Equal(isLost ? ["a.png"] : [], report.Failed.Select(film => film.Name));
        Assert.Contains(
            "c: the store has lost what was written of 'a.png' in this run; it is done again",
            _collection.Logged(LogLevel.Warning)
        );
        Assert.All(_told.Reports, step => Assert.Equal((1, 1), (step.Done, step.Total)));
    }

    [Fact]
    public async Task What_is_not_looked_at_is_told_apart_from_what_is_no_film()
    {
        await _collection.WriteAsync("notes.txt", "Not a film."u8.ToArray());
        await _collection.WriteAsync(Path.Combine("@eaDir", "a.jpg"), "A thumbnail."u8.ToArray());
        var report = await IndexAsync(new FakeDispatcher { Map = () => null });
        Assert.Equal(["@eaDir", "notes.txt"], report.Ignored.Select(file => file.Name));
        Assert.Equal("@eaDir", Assert.Single(report.LeftOut).Name);
    }

    [Fact]
    public async Task What_is_no_film_is_told_as_ignored_and_logged_quietly()
    {
        await _collection.WriteAsync("notes.txt", "Not a film."u8.ToArray());
        var report = await IndexAsync(new FakeDispatcher { Map = () => null });
        Assert.Equal("notes.txt", Assert.Single(report.Ignored).Name);
        Assert.Empty(report.LeftOut);
        Assert.Equal([$"c: the file 'notes.txt' is ignored: {report.Ignored[0].Reason}"], _collection.Logged(LogLevel.Debug));
        Assert.Empty(_collection.Logged(LogLevel.Warning));
    }

    [Fact]
    public async Task A_film_that_the_listing_shows_to_be_complete_is_not_asked_again()
    {
        await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        var dispatcher = _collection.Storing();
        await IndexAsync(dispatcher);
        var report = await IndexAsync(dispatcher);
        Assert.Single(dispatcher.Videos);
        Assert.Equal((WorkStatus.AlreadyDone, 1, 0), report.Done.Select(film => (film.Status, film.Frames, film.NewFrames)).Single());
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(3, 2)]
    public async Task Frames_are_new_that_were_not_there_before_the_run_whatever_the_store_lost_meanwhile(int before, int added)
    {
        await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        var rounds = 0;
        var dispatcher = new FakeDispatcher
        {
            Map = () => null,
            Video = async (id, cancel) =>
            {
                // Another frame is lost and done again in the second round: of five, all but those before the run are new.
                var info = (await _collection.Store.VideoAsync(id, cancel))!.Info!;
                await _collection.Store.AddPlanAsync(id, DecodePlanner.Plan(info, _collection.Store.Settings.Sampling), cancel);
                if (rounds++ > 0)
                {
                    await _collection.AddSegmentAsync(id, 0, frames: 5);
                }

                return new VideoReceipt(id, "a.png", WorkStatus.Done, 5, rounds > 1 ? 1 : 5 - before, null);
            },
        };
        var report = await IndexAsync(dispatcher);
        Assert.Equal(2, rounds);
        Assert.Equal((5, added), report.Done.Select(film => (film.Frames, film.NewFrames)).Single());
    }

    [Fact]
    public async Task A_folder_that_lost_all_its_films_is_named_and_one_that_had_none_is_not()
    {
        File.Delete(await _collection.WriteAsync("b.png", SourceRegistryTests.Photo(2)));
        Assert.Empty((await IndexAsync(_collection.Storing())).Empty);
        var path = await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        await IndexAsync(_collection.Storing());
        File.Delete(path);
        var report = await IndexAsync(_collection.Storing());
        Assert.Equal([_collection.Films], report.Empty);
        Assert.Equal(["a.png"], report.Changes.Gone.Names());
        report = await IndexAsync(_collection.Storing());
        Assert.Equal([_collection.Films], report.Empty);
        Assert.Empty(report.Changes.Gone);
    }

    [Fact]
    public async Task Shards_share_the_files_out_and_make_no_map()
    {
        for (byte photo = 0; photo < 20; photo++)
        {
            await _collection.WriteAsync($"{photo}.png", SourceRegistryTests.Photo(photo));
        }

        var dispatcher = new FakeDispatcher { Video = _collection.Storing().Video };
        var reports = new List<IndexReport>();
        for (var shard = 0; shard < 3; shard++)
        {
            reports.Add(await IndexAsync(dispatcher, shard, 3));
        }

        Assert.Equal(20, dispatcher.Videos.Distinct().Count());
        Assert.All(reports, report => Assert.Equal((20, null), (report.Done.Count + report.OtherShards, report.Map)));
        Assert.All(reports, report => Assert.InRange(report.Done.Count, 1, 18));
    }

    [Fact]
    public async Task No_more_films_are_in_flight_than_the_options_say()
    {
        for (byte photo = 0; photo < 12; photo++)
        {
            await _collection.WriteAsync($"{photo}.png", SourceRegistryTests.Photo(photo));
        }

        var (now, most) = (0, 0);
        using var together = new Barrier(3);
        var dispatcher = new FakeDispatcher
        {
            Map = () => null,
            Video = (id, cancel) =>
                Task.Run(
                    () =>
                    {
                        InterlockedMax(ref most, Interlocked.Increment(ref now));
                        together.SignalAndWait(cancel);
                        Interlocked.Decrement(ref now);
                        return new VideoReceipt(id, id, WorkStatus.AlreadyDone, 1, 0, null);
                    },
                    cancel
                ),
        };
        await IndexAsync(dispatcher);
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task The_report_has_the_map_and_the_seconds_of_the_clock()
    {
        await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        var map = new MapReceipt("v", "m", 1, true, null);
        var dispatcher = new FakeDispatcher
        {
            Video = _collection.Storing().Video,
            Map = () =>
            {
                _collection.Clock.Advance(TimeSpan.FromSeconds(90));
                return map;
            },
        };
        var report = await IndexAsync(dispatcher);
        Assert.Equal((90, map), (report.Seconds, report.Map));
    }

    private Task<IndexReport> IndexAsync(FakeDispatcher dispatcher, int shard = 0, int shards = 1)
    {
        // Two runs do not begin at one time.
        _collection.Clock.Advance(TimeSpan.FromSeconds(1));
        var request = new IndexRequest
        {
            Paths = [_collection.Films],
            Shard = shard,
            Shards = shards,
        };
        return new CollectionIndexer(_collection.Context, dispatcher).IndexAsync("c", request, _told, Cancel);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
