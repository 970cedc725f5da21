using OrleansAtlas.Store;

namespace OrleansAtlas.Tests.Store;

public sealed class SegmentListingTests : IAsyncLifetime
{
    private static readonly string Film = new('a', 32);

    private TestCollection _collection = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _collection = await TestCollection.MakeAsync();

    public ValueTask DisposeAsync()
    {
        _collection.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_segment_that_lost_its_times_is_not_done()
    {
        await _collection.AddSegmentAsync(Film, 0, frames: 3);
        await _collection.AddSegmentAsync(Film, 1, frames: 3);
        await _collection.Store.Artifacts.DeleteAsync(_collection.Store.Names.Times(Film, 0), Cancel);

        Assert.Equal([new SegmentFrames(1, 3)], await _collection.Store.SegmentsAsync(Film, Cancel));
        Assert.Equal([0], (await _collection.Store.ListingAsync(Film, Cancel)).Incomplete(Film));
        Assert.Equal(3, (await _collection.Store.FramesAsync(Cancel)).Count);
    }

    [Theory]
    [InlineData("features-00000 (1).npy")]
    [InlineData("features-00000-conflict.npy")]
    [InlineData("features-.npy")]
    [InlineData("features-+0001.npy")]
    [InlineData("features-99999999999.npy")]
    [InlineData(".DS_Store")]
    public async Task A_file_that_copying_left_is_not_looked_at(string file)
    {
        await _collection.AddSegmentAsync(Film, 0, frames: 3);
        await _collection.Store.Artifacts.TryAddAsync(_collection.Store.Names.Video(Film) + file, "x"u8.ToArray(), Cancel);

        Assert.Equal([new SegmentFrames(0, 3)], await _collection.Store.SegmentsAsync(Film, Cancel));
        Assert.False(_collection.Store.Names.Knows(_collection.Store.Names.Video(Film) + file));
    }
}
