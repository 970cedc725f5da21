using Microsoft.Extensions.Time.Testing;
using OrleansAtlas.Indexing;
using OrleansAtlas.Tests.Work;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Indexing;

/// <summary>What a run that works has told of so far.</summary>
public sealed class ChangeWriterTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Monday);
    private TestCollection _collection = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _collection = await TestCollection.MakeAsync();

    public ValueTask DisposeAsync()
    {
        _collection.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_was_found_before_a_run_is_killed_is_told_of_and_each_thing_once()
    {
        var writer = new ChangeWriter(_collection.Store, _clock);
        var asked = new SemaphoreSlim(0);
        var found = new IndexChanges { New = [Place("a.mp4")], Failed = [Place("x.mp4")] };
        using var stop = new CancellationTokenSource();
        var writing = writer.WriteNowAndThenAsync(Found, stop.Token);
        Assert.True((await ToldAsync()).IsEmpty());

        _clock.Advance(TimeSpan.FromSeconds(3));
        await asked.WaitAsync(Cancel);
        await UntilToldAsync(1);

        found = found with { New = [Place("a.mp4"), Place("b.mp4")] };
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await writer.WriteAsync(found, Cancel);

        var pieces = await _collection.Store.Artifacts.ListAsync(_collection.Store.Names.Ledgers, Cancel).ToListAsync(Cancel);
        var told = new List<IndexChanges>();
        foreach (var piece in pieces)
        {
            told.Add((await _collection.Store.ReadAsync<IndexChanges>(piece.Name, Cancel))!);
        }

        Assert.Equal(2, told.Count);
        Assert.Equal(["a.mp4"], told[0].New.Names());
        Assert.Equal(["x.mp4"], told[0].Failed.Names());
        Assert.Equal(["b.mp4"], told[1].New.Names());
        Assert.Empty(told[1].Failed);

        var run = Assert.Single(await _collection.Store.RunsSinceAsync(Monday, Cancel));
        Assert.Equal(Monday.AddSeconds(4), run.Time);
        Assert.Equal(["a.mp4", "b.mp4"], run.Changes.New.Names());

        IndexChanges Found()
        {
            asked.Release();
            return found;
        }
    }

    private static FilmPlace Place(string name) => new(name, "/films/" + name);

    private Task<IndexChanges> ToldAsync() => _collection.Store.ChangesSinceAsync(Monday, Cancel);

    private async Task UntilToldAsync(int films)
    {
        while ((await ToldAsync()).New.Count < films)
        {
            await Task.Yield();
        }
    }
}
