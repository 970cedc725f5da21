using OrleansAtlas.Indexing;
using OrleansAtlas.Store;
using OrleansAtlas.Tests.Work;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Indexing;

/// <summary>When films came, as the runs of <c>index</c> tell.</summary>
public sealed class FilmArrivalsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    private TestCollection _collection = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _collection = await TestCollection.MakeAsync();

    public ValueTask DisposeAsync()
    {
        _collection.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_film_came_when_it_was_new_or_changed_last_and_a_rename_hands_that_on()
    {
        await AddAsync(0, new IndexChanges { New = Places("a.mp4", "b.mp4", "c.mp4") });
        await AddAsync(1, new IndexChanges { Changed = Places("b.mp4"), Gone = Places("c.mp4") });
        await AddAsync(2, new IndexChanges { New = Places("d.mp4"), Moved = [new MovedFilm(Place("b.mp4"), Place("moved/b.mp4"))] });
        var arrivals = await FilmArrivals.ReadAsync(_collection.Store, Cancel);
        Assert.Equal(Monday, arrivals.Of(Film("a.mp4")));
        Assert.Null(arrivals.Of(Film("b.mp4")));
        Assert.Equal(Monday.AddDays(1), arrivals.Of(Film("moved/b.mp4")));
        Assert.Equal(Monday.AddDays(2), arrivals.Of(Film("a.mp4", "d.mp4")));
        Assert.Null(arrivals.Of(Film("never said.mp4")));

        var since = await _collection.Store.ChangesSinceAsync(Monday.AddHours(1), Cancel);
        Assert.Equal(["d.mp4"], since.New.Names());
        Assert.Equal(["moved/b.mp4"], since.Changed.Names());
        Assert.Equal(["c.mp4"], since.Gone.Names());
    }

    [Fact]
    public async Task Films_that_exchanged_their_names_keep_their_times()
    {
        await AddAsync(0, new IndexChanges { New = Places("a.mp4") });
        await AddAsync(1, new IndexChanges { New = Places("b.mp4") });
        await AddAsync(
            2,
            new IndexChanges { Moved = [new MovedFilm(Place("a.mp4"), Place("b.mp4")), new MovedFilm(Place("b.mp4"), Place("a.mp4"))] }
        );
        var arrivals = await FilmArrivals.ReadAsync(_collection.Store, Cancel);
        Assert.Equal(Monday.AddDays(1), arrivals.Of(Film("a.mp4")));
        Assert.Equal(Monday, arrivals.Of(Film("b.mp4")));
    }

    private Task AddAsync(int days, IndexChanges changes) =>
        _collection.Store.AddChangesAsync(changes, Monday.AddDays(days), Monday.AddDays(days), Cancel);

    private static FilmPlace Place(string name) => new(name, "/" + name);

    private static FilmPlace[] Places(params string[] names) => [.. names.Select(Place)];

    private static VideoRecord Film(params string[] names) =>
        new() { Id = "0", Sources = [.. names.Select(name => new VideoSource(name, "/" + name, 1, default))] };
}
