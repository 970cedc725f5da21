using OrleansAtlas.Errors;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Tests.Maps;
using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Search.Clips;

public sealed class ClipQueryTests : IAsyncLifetime
{
    private TestCollection _collection = null!;
    private ClipLibrary _library = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_collection, var map) = await Mapped.MakeAsync("a", "b");
        _library = await ClipLibrary.ReadAsync(map, Cancel);
    }

    public ValueTask DisposeAsync()
    {
        _collection.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_film_of_the_library_is_its_clip_and_nothing_is_described()
    {
        var query = await ReadAsync("b.mp4");
        Assert.Same(_library.Clips[1], query.Clip);
        Assert.Null(query.Jpegs);
    }

    [Fact]
    public async Task A_stretch_of_a_film_has_its_frames_and_their_numbers_on_the_map()
    {
        var clip = (await ReadAsync("b.mp4@2-4")).Clip;
        Assert.Equal([2, 3, 4], clip.Times);
        Assert.Equal(6 + 2, clip.First);
        Assert.Equal(_library.Clips[1].Row(2), clip.Row(0));
    }

    [Fact]
    public async Task A_moment_between_frames_is_the_nearest_one()
    {
        var clip = (await ReadAsync("b.mp4@3.2")).Clip;
        Assert.Equal([3], clip.Times);
    }

    [Fact]
    public async Task A_stretch_outside_the_film_is_an_error_that_says_where_the_film_is()
    {
        var error = await Assert.ThrowsAsync<NotFoundException>(() => ReadAsync("b.mp4@70-80"));
        Assert.Equal("'b.mp4' goes from 0.0 s to 5.0 s; '70-80' is outside.", error.Message);
    }

    [Fact]
    public async Task What_is_neither_a_film_nor_a_file_is_an_error_with_a_way_out()
    {
        var error = await Assert.ThrowsAsync<NotFoundException>(() => ReadAsync("other.mp4@1-2"));
        Assert.Equal("'other.mp4' is neither a film of collection 'c' nor a file; atlas status -c c lists the films.", error.Message);
    }

    [Fact]
    public async Task A_file_with_an_at_sign_and_a_number_in_its_name_is_a_file()
    {
        var path = await _collection.WriteAsync("me@3", [1]);
        Assert.Equal("A file is to be described.", (await Assert.ThrowsAsync<NotSupportedException>(() => ReadAsync(path))).Message);
    }

    private Task<ClipQuery> ReadAsync(string text) =>
        ClipQuery.ReadAsync(text, _library, Task<WorkContext> () => throw new NotSupportedException("A file is to be described."), Cancel);
}
