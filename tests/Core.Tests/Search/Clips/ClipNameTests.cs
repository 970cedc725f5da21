using OrleansAtlas.Errors;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Tests.Maps;

namespace OrleansAtlas.Tests.Search.Clips;

public sealed class ClipNameTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("film.mp4", "film.mp4", null, null)]
    [InlineData("film.mp4@10-20", "film.mp4", 10.0, 20.0)]
    [InlineData("film.mp4@10", "film.mp4", 10.0, 10.0)]
    [InlineData("film.mp4@1:05-2:00.5", "film.mp4", 65.0, 120.5)]
    [InlineData("film.mp4@1:00:01", "film.mp4", 3601.0, 3601.0)]
    [InlineData("me@home.mp4", "me@home.mp4", null, null)]
    [InlineData("me@home.mp4@3-4", "me@home.mp4", 3.0, 4.0)]
    [InlineData("film.mp4@-4", "film.mp4@-4", null, null)]
    public void A_name_is_a_film_and_a_stretch_of_it(string text, string film, double? from, double? to) =>
        Assert.Equal(new ClipName(film, from, to), ClipName.Parse(text));

    [Fact]
    public void A_stretch_that_ends_before_it_begins_is_an_error() =>
        Assert.Equal(
            "'film.mp4@20-10' ends before it begins; give FILM@FROM-TO with the earlier time first.",
            Assert.Throws<AtlasException>(() => ClipName.Parse("film.mp4@20-10")).Message
        );

    [Fact]
    public async Task A_film_is_found_by_its_name_its_id_its_path_and_the_end_of_its_name()
    {
        var (collection, _) = await Mapped.MakeAsync("a", "b", "c");
        using var ends = collection;
        await collection.RenameAsync("a", "holiday/beach.mp4");
        await collection.RenameAsync("b", "work/beach.mp4");
        await collection.RenameAsync("c", "work/desk.mp4");
        var map = await Mapped.ReadAsync(collection);
        Assert.Equal(0, new ClipName("holiday/beach.mp4", null, null).FindIn(map));
        Assert.Equal(1, new ClipName("b", null, null).FindIn(map));
        Assert.Equal(2, new ClipName("desk.mp4", null, null).FindIn(map));
        Assert.Equal(2, new ClipName(Path.Combine(collection.Films, "work/desk.mp4"), null, null).FindIn(map));
        Assert.Null(new ClipName("esk.mp4", null, null).FindIn(map));
        var error = Assert.Throws<AtlasException>(() => new ClipName("beach.mp4", null, null).FindIn(map));
        Assert.Equal("'beach.mp4' is 'holiday/beach.mp4', 'work/beach.mp4'; say which.", error.Message);
    }

    [Fact]
    public async Task A_film_that_was_removed_is_not_found()
    {
        var (collection, _) = await Mapped.MakeAsync("a", "b");
        using var ends = collection;
        await collection.Store.RemoveVideoAsync("a", Cancel);
        Assert.Null(new ClipName("a", null, null).FindIn(await Mapped.ReadAsync(collection)));
    }
}
