using OrleansAtlas.Maps;
using OrleansAtlas.Maps.Building;

namespace OrleansAtlas.Tests.Maps.Building;

public sealed class MapBuilderTests
{
    private readonly Told _told = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_film_is_asked_to_place_its_frames_and_the_new_map_is_shown()
    {
        var (collection, map) = await Mapped.MakeAsync("a", "b", "c");
        using var ends = collection;
        var dispatcher = Placing(collection);
        var made = await new MapBuilder(collection.Context, dispatcher, collection.Store).MakeAsync(
            await collection.Store.FramesAsync(Cancel),
            map.Info.Model,
            rotation: 45,
            strength: 0,
            _told,
            Cancel
        );
        Assert.Equal(["a", "b", "c"], dispatcher.Placed.Order());
        Assert.Equal(Enumerable.Range(1, 3), _told.Reports.Select(report => report.Done));
        Assert.True(made is { New: true, Frames: 18 });
        var shown = await Mapped.ReadAsync(collection);
        Assert.Equal(made.Version, shown.Info.Version);
        Assert.NotEqual(map.Positions, shown.Positions);
        Assert.All(shown.Positions, place => Assert.InRange(place, 0, 1));
    }

    [Fact]
    public async Task A_map_that_is_there_is_shown_again_and_no_film_is_asked()
    {
        var (collection, map) = await Mapped.MakeAsync("a", "b");
        using var ends = collection;
        var frames = await collection.Store.FramesAsync(Cancel);
        await new MapBuilder(collection.Context, Placing(collection), collection.Store).MakeAsync(
            frames,
            map.Info.Model,
            rotation: 45,
            strength: 0,
            _told,
            Cancel
        );
        var again = await new MapBuilder(collection.Context, new FakeDispatcher(), collection.Store).MakeAsync(
            frames,
            map.Info.Model,
            map.Info.Stretch,
            _told,
            Cancel
        );
        Assert.Equal((map.Info.Version, false), (again.Version, again.New));
        Assert.Equal(map.Info.Version, (await collection.Store.OpenCurrentMapAsync(Cancel)).Version);
    }

    [Fact]
    public async Task A_film_that_cannot_be_placed_leaves_the_map_as_it_was()
    {
        var (collection, map) = await Mapped.MakeAsync("a", "b");
        using var ends = collection;
        await collection.AddSegmentAsync("a", 2);
        var broken = new FakeDispatcher { Place = (id, _, _) => throw new IOException($"{id} cannot be placed") };
        await Assert.ThrowsAsync<IOException>(async () =>
            await new MapBuilder(collection.Context, broken, collection.Store).MakeAsync(
                await collection.Store.FramesAsync(Cancel),
                map.Info.Model,
                map.Info.Stretch,
                _told,
                Cancel
            )
        );
        Assert.Equal([map.Info.Version], (await collection.Store.MapsAsync(Cancel)).Versions);
    }

    private static FakeDispatcher Placing(TestCollection collection)
    {
        var placer = new FramePlacer(collection.Context);
        return new FakeDispatcher { Place = (id, model, cancel) => placer.PlaceAsync("c", id, model, cancel) };
    }
}
