using OrleansAtlas.Errors;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Tests.Maps;

public sealed class MapWriterTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reduced_vectors_are_read_wherever_they_stand()
    {
        var (collection, map) = await Mapped.MakeAsync("a", "b");
        using var ends = collection;
        var whole = (await collection.Store.ReadArrayAsync<float>(collection.Store.Names.Map(map.Info.Version, "reduced.npy"), Cancel))!;
        var width = whole.Shape[1];
        int[] numbers = [0, 3, 4, 5, 11];
        Assert.Equal(
            numbers.SelectMany(number => whole.Values[(number * width)..((number + 1) * width)]),
            await (await WriterAsync(collection, map, map.Info.Version)).ReadReducedAsync(numbers, Cancel)
        );
    }

    [Fact]
    public async Task Times_are_those_of_the_films_in_the_order_of_the_map()
    {
        var (collection, map) = await Mapped.MakeAsync("a", "b");
        using var ends = collection;
        Assert.Equal([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5], map.Times);
    }

    [Fact]
    public async Task A_film_that_is_removed_meanwhile_stops_it_and_leaves_no_half_file()
    {
        var (collection, map) = await Mapped.MakeAsync("a", "b");
        using var ends = collection;
        var writer = await WriterAsync(collection, map, "other");
        await collection.Store.RemoveVideoAsync("b", Cancel);
        var error = await Assert.ThrowsAsync<NotFoundException>(() => writer.WriteTimesAsync(Cancel));
        Assert.Contains("films were removed while the map was made; run the command again.", error.Message);
        Assert.False(await collection.Context.Store.ExistsAsync(collection.Store.Names.Map("other", "times.npy"), Cancel));
    }

    private static async Task<MapWriter> WriterAsync(TestCollection collection, AtlasMap map, string version) =>
        new(
            collection.Store,
            version,
            (await FittedModel.ReadAsync(collection.Store, map.Info.Model, Cancel))!,
            await collection.Store.FramesAsync(Cancel)
        );
}
