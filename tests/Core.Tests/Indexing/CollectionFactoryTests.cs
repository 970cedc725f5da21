using Microsoft.Extensions.Logging;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;

namespace OrleansAtlas.Tests.Indexing;

public sealed class CollectionFactoryTests : IAsyncLifetime
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
    public async Task A_collection_that_is_made_is_in_the_log()
    {
        var opening = await CollectionFactory.OpenAsync(_collection.Context, "new", new CollectionRequest(), Cancel);
        Assert.True(opening is { IsNew: true, Refusal: null, Collection.Settings.Sampling.Keep: 0.05 });
        Assert.Equal(["new: made, described by none on cpu"], _collection.Logged(LogLevel.Information));
    }

    [Fact]
    public async Task A_collection_that_is_there_is_opened_as_it_is()
    {
        var opening = await CollectionFactory.OpenAsync(_collection.Context, "c", new CollectionRequest(), Cancel);
        Assert.True(opening is { IsNew: false, Refusal: null, Collection.Settings.Name: "c" });
        Assert.Empty(_collection.Logged(LogLevel.Information));
    }

    [Fact]
    public async Task Other_sampling_than_it_was_made_with_is_refused_and_logged()
    {
        var request = new CollectionRequest(new Sampling { FramesPerSecond = 2 });
        var opening = await CollectionFactory.OpenAsync(_collection.Context, "c", request, Cancel);
        Assert.Null(opening.Collection);
        Assert.StartsWith("Collection 'c' was made with --fps 1, which stays;", opening.Refusal, StringComparison.Ordinal);
        Assert.Equal([$"c: refused: {opening.Refusal}"], _collection.Logged(LogLevel.Information));
    }

    [Fact]
    public async Task A_name_that_the_store_cannot_use_is_refused_and_logged()
    {
        var opening = await CollectionFactory.OpenAsync(_collection.Context, "a/b", new CollectionRequest(), Cancel);
        Assert.Null(opening.Collection);
        Assert.Equal([$"a/b: refused: {opening.Refusal}"], _collection.Logged(LogLevel.Information));
    }
}
