using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Tests.Work;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Indexing;

/// <summary>Files so long that their content id is made of parts of them.</summary>
public sealed class FilmRecognitionTests : IAsyncLifetime
{
    private const int Length = 4 << 20;

    // Behind the first MiB and a block, before the next one.
    private const int Between = (4 * (Length / 15)) + (1 << 16) + 1000;

    private TestCollection _collection = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _collection = await TestCollection.MakeAsync();

    public ValueTask DisposeAsync()
    {
        _collection.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Files_that_differ_between_the_parts_are_films_of_their_own_and_copies_are_not()
    {
        await _collection.WriteAsync("a.png", Film(1));
        await _collection.WriteAsync("b.png", Film(1, twin: true));
        await _collection.WriteAsync("c.png", Film(1));
        await _collection.WriteAsync("d.png", Film(1, twin: true));
        Assert.Equal(await ContentId.ComputeAsync(PathOf("a.png"), Cancel), await ContentId.ComputeAsync(PathOf("b.png"), Cancel));
        var changes = (await IndexAsync()).Changes;
        Assert.Equal((2, 2), (changes.New.Count, changes.Copied.Count));
        Assert.Equal(
            [
                ["a.png", "c.png"],
                ["b.png", "d.png"],
            ],
            await _collection.NamesAsync()
        );
        Assert.True((await IndexAsync()).Changes.IsEmpty());
    }

    [Fact]
    public async Task A_damaged_copy_that_comes_later_is_no_copy_and_each_is_known_where_it_moves_to()
    {
        var film = await _collection.WriteAsync("a.png", Film(1));
        await IndexAsync();
        var twin = await _collection.WriteAsync("b.png", Film(1, twin: true));
        Assert.Equal(["b.png"], (await IndexAsync()).Changes.New.Names());
        File.Move(twin, PathOf("t.png"));
        File.Move(film, PathOf("f.png"));
        var moved = (await IndexAsync()).Changes;
        Assert.Equal([("a.png", "f.png"), ("b.png", "t.png")], moved.Moved.Select(one => one.Told()));
        Assert.True((moved with { Moved = [] }).IsEmpty());
    }

    [Fact]
    public async Task A_twin_is_known_when_the_other_has_left_the_store_and_when_it_comes_back()
    {
        var film = await _collection.WriteAsync("a.png", Film(1));
        await IndexAsync();
        var twin = await _collection.WriteAsync("b.png", Film(1, twin: true));
        await IndexAsync();
        File.Delete(film);
        await IndexAsync(prune: true);
        File.Copy(twin, PathOf("d.png"));
        Assert.Equal(["d.png"], (await IndexAsync()).Changes.Copied.Names());
        File.Move(twin, PathOf("c.png"));
        Assert.Equal([("b.png", "c.png")], (await IndexAsync()).Changes.Moved.Select(one => one.Told()));
        File.Delete(PathOf("c.png"));
        File.Delete(PathOf("d.png"));
        Assert.Equal(["c.png", "d.png"], (await IndexAsync()).Changes.Gone.Names());
        await _collection.WriteAsync("d.png", Film(1, twin: true));
        Assert.Equal(["d.png"], (await IndexAsync()).Changes.Back.Names());
        await _collection.WriteAsync("a.png", Film(1));
        Assert.Equal(["a.png"], (await IndexAsync()).Changes.New.Names());
        Assert.Equal(
            [
                ["a.png"],
                ["d.png"],
            ],
            await _collection.NamesAsync()
        );
    }

    [Fact]
    public async Task Twins_that_exchanged_their_names_have_moved()
    {
        var a = await _collection.WriteAsync("a.png", Film(1));
        await IndexAsync();
        var b = await _collection.WriteAsync("b.png", Film(1, twin: true));
        File.SetLastWriteTimeUtc(b, new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc));
        await IndexAsync();
        TestCollection.Exchange(a, b);
        var changes = (await IndexAsync()).Changes;
        Assert.Equal([("b.png", "a.png"), ("a.png", "b.png")], changes.Moved.Select(one => one.Told()));
        Assert.True((changes with { Moved = [] }).IsEmpty());
        File.Copy(a, PathOf("c.png"));
        Assert.Equal(["c.png"], (await IndexAsync()).Changes.Copied.Names());
    }

    [Fact]
    public async Task A_whole_film_that_is_replaced_by_its_damaged_copy_has_changed()
    {
        await _collection.WriteAsync("a.png", Film(1));
        await _collection.WriteAsync("b.png", Film(1));
        await IndexAsync();
        await _collection.WriteAsync("b.png", Film(1, twin: true));
        File.SetLastWriteTimeUtc(PathOf("b.png"), new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(["b.png"], (await IndexAsync()).Changes.Changed.Names());
        Assert.Equal(
            [
                ["a.png"],
                ["b.png"],
            ],
            await _collection.NamesAsync()
        );
    }

    [Fact]
    public async Task Films_that_exchanged_their_names_are_known()
    {
        var a = await _collection.WriteAsync("a.png", Film(1));
        var b = await _collection.WriteAsync("b.png", [.. Film(2), 0]);
        await IndexAsync();
        TestCollection.Exchange(a, b);
        var changes = (await IndexAsync()).Changes;
        Assert.Equal([("b.png", "a.png"), ("a.png", "b.png")], changes.Moved.Select(one => one.Told()));
        Assert.True((changes with { Moved = [] }).IsEmpty());
    }

    private static byte[] Film(byte seed, bool twin = false)
    {
        var film = new byte[Length];
        SourceRegistryTests.Photo(seed).CopyTo(film, 0);
        film[Between] = (byte)(twin ? 1 : 0);
        return film;
    }

    private string PathOf(string name) => Path.Combine(_collection.Films, name);

    private Task<IndexReport> IndexAsync(bool prune = false) => _collection.IndexAsync(_collection.Storing(), prune: prune);
}
