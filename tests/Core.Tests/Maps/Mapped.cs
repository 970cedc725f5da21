using OrleansAtlas.Maps;
using OrleansAtlas.Maps.Training;

namespace OrleansAtlas.Tests.Maps;

/// <summary>A collection with a map of films <c>a</c>, <c>b</c> and so on, two segments of three frames each.</summary>
internal static class Mapped
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<(TestCollection Collection, AtlasMap Map)> MakeAsync(params string[] films)
    {
        var collection = await TestCollection.MakeAsync();
        foreach (var film in films)
        {
            await collection.AddFilmAsync(film, segments: 2);
            await collection.AddSegmentAsync(film, 0, 3);
            await collection.AddSegmentAsync(film, 1, 3);
        }

        await new CollectionTrainer(collection.Context, new LocalEngine(collection.Context)).UpdateAsync("c", new Told(), Cancel);
        return (collection, await ReadAsync(collection));
    }

    /// <summary>The map that is shown now.</summary>
    public static async Task<AtlasMap> ReadAsync(TestCollection collection) =>
        await AtlasMap.ReadAsync(collection.Store, await collection.Store.OpenCurrentMapAsync(Cancel), Cancel);

    /// <summary>Calls a film something else.</summary>
    public static Task RenameAsync(this TestCollection collection, string film, string name) =>
        collection.Store.UpdateVideoAsync(
            film,
            record => record! with { Sources = [record!.Sources[0] with { Name = name, Path = Path.Combine(collection.Films, name) }] },
            Cancel
        );
}
