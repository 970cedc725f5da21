using OrleansAtlas.Errors;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Tests.Maps;

namespace OrleansAtlas.Tests.Search.Clips;

public sealed class ClipLibraryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_film_of_the_map_is_a_clip_of_unit_vectors()
    {
        var (collection, map) = await Mapped.MakeAsync("a", "b", "c");
        using var ends = collection;
        var clips = (await ClipLibrary.ReadAsync(map, Cancel)).Clips;
        Assert.Equal([("a.mp4", 0, 0), ("b.mp4", 1, 6), ("c.mp4", 2, 12)], clips.Select(clip => (clip.Name, clip.Film, clip.First)));
        Assert.All(clips, clip => Assert.Equal([0, 1, 2, 3, 4, 5], clip.Times));
        Assert.Equal(map.Positions, clips.SelectMany(clip => clip.Positions));
        Assert.All(clips.SelectMany(clip => clip.Rows.Chunk(clip.Width)), row => Assert.Equal(1, row.Sum(number => number * number), 1e-5));
    }

    [Fact]
    public async Task A_film_that_was_removed_is_left_out_and_the_others_keep_their_numbers()
    {
        var (collection, _) = await Mapped.MakeAsync("a", "b", "c");
        using var ends = collection;
        await collection.Store.RemoveVideoAsync("b", Cancel);
        var clips = (await ClipLibrary.ReadAsync(await Mapped.ReadAsync(collection), Cancel)).Clips;
        Assert.Equal([("a.mp4", 0, 0), ("c.mp4", 2, 12)], clips.Select(clip => (clip.Name, clip.Film, clip.First)));
    }

    [Fact]
    public async Task A_map_without_its_vectors_is_an_error_with_a_way_out()
    {
        var (collection, map) = await Mapped.MakeAsync("a", "b");
        using var ends = collection;
        await collection.Context.Store.DeleteAsync(collection.Store.Names.Map(map.Info.Version, "reduced.npy"), Cancel);
        var error = await Assert.ThrowsAsync<NotFoundException>(() => ClipLibrary.ReadAsync(map, Cancel));
        Assert.EndsWith("has lost its file reduced.npy; make it again with atlas place.", error.Message, StringComparison.Ordinal);
    }
}
