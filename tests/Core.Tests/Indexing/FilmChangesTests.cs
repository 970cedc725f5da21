using OrleansAtlas.Errors;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Tests.Work;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Indexing;

/// <summary>What a run says of films that came, moved, failed or went since the one before.</summary>
public sealed class FilmChangesTests : IAsyncLifetime
{
    private TestCollection _collection = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _collection = await TestCollection.MakeAsync();

    public ValueTask DisposeAsync()
    {
        _collection.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_film_that_a_run_was_cancelled_at_is_new_in_the_run_that_does_it()
    {
        await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        var dispatcher = Dispatchers.Answering(_ => throw new OperationCanceledException());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => IndexAsync(dispatcher));
        Assert.True((await ToldAsync()).IsEmpty());
        Assert.Equal(["a.png"], (await IndexAsync(_collection.Storing())).Changes.New.Names());
        Assert.Equal(["a.png"], (await ToldAsync()).New.Names());
        Assert.True((await IndexAsync(_collection.Storing())).Changes.IsEmpty());
    }

    [Fact]
    public async Task What_a_run_had_done_before_it_broke_off_is_told_of_by_the_next_one_and_once()
    {
        await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        var storing = _collection.Storing();
        var broken = new FakeDispatcher
        {
            Map = () => null,
            Video = async (id, cancel) =>
            {
                await storing.Video(id, cancel);
                throw new StoreException("The store is away.");
            },
        };
        await Assert.ThrowsAsync<StoreException>(() => IndexAsync(broken));
        Assert.True((await ToldAsync()).IsEmpty());
        Assert.Equal(["a.png"], (await IndexAsync(_collection.Keeping())).Changes.New.Names());
        Assert.True((await IndexAsync(_collection.Keeping())).Changes.IsEmpty());
        Assert.Equal(["a.png"], (await ToldAsync()).New.Names());

        broken = new FakeDispatcher { Map = () => throw new StoreException("It is away again."), Video = storing.Video };
        await Assert.ThrowsAsync<StoreException>(() => IndexAsync(broken));
        Assert.True((await IndexAsync(_collection.Keeping())).Changes.IsEmpty());
    }

    [Fact]
    public async Task Films_of_one_name_in_two_folders_are_told_of_by_their_paths()
    {
        await _collection.WriteAsync("x/a.png", SourceRegistryTests.Photo(1));
        await _collection.WriteAsync("y/a.png", [.. SourceRegistryTests.Photo(2), 0]);
        var (x, y) = (Path.Combine(_collection.Films, "x"), Path.Combine(_collection.Films, "y"));
        Assert.Equal(["a.png"], (await IndexAsync(_collection.Storing(), x)).Changes.New.Names());
        Assert.Equal([Path.Combine(y, "a.png")], (await IndexAsync(_collection.Storing(), y)).Changes.New.Names());
        File.Delete(Path.Combine(x, "a.png"));
        await _collection.WriteAsync("x/b.png", [.. SourceRegistryTests.Photo(3), 0, 0]);
        var changes = (await IndexAsync(_collection.Storing(), _collection.Films)).Changes;
        Assert.Equal([Path.Combine(x, "a.png")], changes.Gone.Names());
        Assert.Equal(["x/b.png"], changes.New.Names());
        var told = await ToldAsync();
        Assert.Equal([Path.Combine(y, "a.png"), "x/b.png"], told.New.Names());
        Assert.Empty(told.Gone);
    }

    [Fact]
    public async Task A_film_that_failed_is_failed_alone_and_new_when_it_works()
    {
        await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        var failing = Dispatchers.Answering(id => new VideoReceipt(id, "a.png", WorkStatus.Failed, 0, 0, "It is damaged."));
        var changes = (await IndexAsync(failing)).Changes;
        Assert.Equal(["a.png"], changes.Failed.Names());
        Assert.True((changes with { Failed = [] }).IsEmpty());
        Assert.Equal(["a.png"], (await ToldAsync()).Failed.Names());

        Assert.Equal(["a.png"], (await IndexAsync(_collection.Storing())).Changes.New.Names());
        var told = await ToldAsync();
        Assert.Equal(["a.png"], told.New.Names());
        Assert.Empty(told.Failed);
    }

    [Fact]
    public async Task A_film_that_the_store_lost_some_of_between_two_runs_is_not_new_again()
    {
        await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        var id = Assert.Single((await IndexAsync(_collection.Storing())).Done).VideoId;
        await _collection.Store.Artifacts.DeleteAsync(_collection.Store.Names.Features(id, 0), Cancel);
        var report = await IndexAsync(_collection.Storing());
        Assert.Equal(1, Assert.Single(report.Done).NewFrames);
        Assert.True(report.Changes.IsEmpty());
    }

    [Fact]
    public async Task Films_that_exchanged_their_names_have_moved_and_keep_what_was_made_of_them()
    {
        var a = await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        var b = await _collection.WriteAsync("b.png", [.. SourceRegistryTests.Photo(2), 0]);
        var c = await _collection.WriteAsync("c.png", [.. SourceRegistryTests.Photo(3), 0, 0]);
        await IndexAsync(_collection.Storing());
        TestCollection.Exchange(a, b);
        File.Move(c, Path.Combine(_collection.Films, "d.png"));
        File.Copy(a, c);

        var report = await IndexAsync(_collection.Keeping());
        (string, string)[] moved = [("b.png", "a.png"), ("a.png", "b.png"), ("c.png", "d.png")];
        Assert.Equal(moved, report.Changes.Moved.Select(film => film.Told()));
        Assert.Equal(["c.png"], report.Changes.Changed.Names());
        Assert.True((report.Changes with { Moved = [], Changed = [] }).IsEmpty());
        Assert.All(report.Done, film => Assert.Equal(0, film.NewFrames));
        Assert.Equal(
            [
                ["a.png", "c.png"],
                ["b.png"],
                ["d.png"],
            ],
            await _collection.NamesAsync()
        );
        Assert.True((await IndexAsync(_collection.Keeping())).Changes.IsEmpty());
    }

    [Fact]
    public async Task A_film_that_took_the_name_of_another_has_moved_and_the_other_is_deleted()
    {
        var a = await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        var b = await _collection.WriteAsync("b.png", [.. SourceRegistryTests.Photo(2), 0]);
        await IndexAsync(_collection.Storing());
        File.Move(a, b, overwrite: true);
        var changes = (await IndexAsync(_collection.Keeping())).Changes;
        Assert.Equal([("a.png", "b.png")], changes.Moved.Select(film => film.Told()));
        Assert.Equal(["b.png"], changes.Changed.Names());
        Assert.Empty(changes.Gone);
        Assert.Equal(
            [
                ["b.png"],
            ],
            await _collection.NamesAsync()
        );
    }

    [Fact]
    public async Task A_run_that_was_cancelled_while_films_exchanged_their_names_loses_none()
    {
        var a = await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        var b = await _collection.WriteAsync("b.png", [.. SourceRegistryTests.Photo(2), 0]);
        await IndexAsync(_collection.Storing());
        File.Move(a, Path.Combine(_collection.Films, "c.png"));
        File.Move(b, a);
        var cancelled = Dispatchers.Answering(_ => throw new OperationCanceledException());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => IndexAsync(cancelled));
        await IndexAsync(_collection.Keeping());
        Assert.Equal(
            [
                ["a.png"],
                ["c.png"],
            ],
            await _collection.NamesAsync()
        );
        var told = await ToldAsync();
        Assert.Equal(["a.png", "c.png"], told.New.Names());
        Assert.Empty(told.Gone);
    }

    [Fact]
    public async Task A_damaged_film_that_moved_is_told_of_by_its_present_name()
    {
        var path = await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        var id = Assert.Single((await IndexAsync(_collection.Storing())).Done).VideoId;
        var damage = new FilmDamage("a.png is damaged after 1 s.", await ContentId.WholeAsync(path, Cancel));
        await _collection.Store.UpdateVideoAsync(id, record => record! with { Damage = damage }, Cancel);
        File.Move(path, Path.Combine(_collection.Films, "b.png"));
        var kept = _collection.Keeping();
        var dispatcher = new FakeDispatcher
        {
            Map = () => null,
            Video = async (film, cancel) => await kept.Video(film, cancel) with { Damage = damage.Reason },
        };
        Assert.Equal(new FileOutcome("b.png", "b.png is damaged after 1 s."), Assert.Single((await IndexAsync(dispatcher)).Damaged));
        Assert.Equal("b.png is damaged after 1 s.", (await _collection.Store.VideoAsync(id, Cancel))!.Damage!.Reason);
        Assert.Equal("b.png", Assert.Single((await IndexAsync(dispatcher)).Damaged).Name);
    }

    [Fact]
    public async Task A_film_that_was_gone_and_is_there_again_is_back()
    {
        var path = await _collection.WriteAsync("a.png", SourceRegistryTests.Photo(1));
        await IndexAsync(_collection.Storing());
        File.Move(path, path + ".off");
        File.Move(path + ".off", Path.Combine(_collection.Films, ".a"));
        var gone = await IndexAsync(_collection.Keeping());
        Assert.Equal(["a.png"], gone.Changes.Gone.Names());
        Assert.Equal(new GoneFilms(1, 1), gone.Kept);
        File.Move(Path.Combine(_collection.Films, ".a"), path);
        var back = await IndexAsync(_collection.Keeping());
        Assert.Equal(["a.png"], back.Changes.Back.Names());
        Assert.Equal(new GoneFilms(0, 0), back.Kept);
        Assert.Equal(["a.png"], (await ToldAsync()).New.Names());
    }

    [Fact]
    public async Task What_could_not_be_read_is_forgotten_once_it_is_gone_or_replaced()
    {
        var broken = await _collection.WriteAsync("broken.jpg", [0xFF, 0xD8, 0xFF, 0]);
        var gone = await _collection.WriteAsync("gone.jpg", [0xFF, 0xD8, 0xFF, 1]);
        Assert.Equal(["broken.jpg", "gone.jpg"], (await IndexAsync(_collection.Storing())).Changes.Failed.Names());
        await File.WriteAllBytesAsync(broken, [0xFF, 0xD8, 0xFF, 2, 2], Cancel);
        File.Delete(gone);
        Assert.Equal(["broken.jpg"], (await IndexAsync(_collection.Storing())).Changes.Failed.Names());
        Assert.Equal(
            [
                ["broken.jpg"],
            ],
            await _collection.NamesAsync()
        );
        File.Delete(broken);
        Assert.Empty((await IndexAsync(_collection.Storing())).Failed);
        Assert.Empty(await _collection.NamesAsync());
    }

    private Task<IndexReport> IndexAsync(FakeDispatcher dispatcher, string? folder = null) => _collection.IndexAsync(dispatcher, folder);

    private Task<IndexChanges> ToldAsync() => _collection.Store.ChangesSinceAsync(DateTimeOffset.MinValue, Cancel);
}
