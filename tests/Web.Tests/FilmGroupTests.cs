using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Tests;

public sealed class FilmGroupTests
{
    [Fact]
    public void Few_films_have_a_colour_each() =>
        Assert.Equal(["a/1", "a/2", "b/1"], Groups(["b/1", "a/2", "a/1"]).All.Select(group => group.Name));

    [Fact]
    public void Many_films_in_few_folders_have_the_colour_of_their_folder()
    {
        var groups = Groups([.. Enumerable.Range(0, 60).Select(i => $"{(char)('a' + (i % 3))}/{i}"), "z.mp4"]);

        Assert.Equal([("a/", 20), ("b/", 20), ("c/", 20), ("./", 1)], groups.All.Select(group => (group.Name, group.Films)));
        Assert.Equal("b/", groups.All[groups.Of(1)].Name);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(1)]
    public void However_many_there_are_every_film_has_a_colour_and_none_has_most(int folders)
    {
        var groups = Groups([.. Enumerable.Range(0, 500).Select(i => $"{i % folders:000}/{i}")]);

        Assert.Equal(Palette.Colours, groups.All.Count);
        Assert.Equal(500, groups.All.Sum(group => group.Films));
        Assert.All(groups.All, group => Assert.InRange(group.Films, 24, 26));
        Assert.All(groups.All, group => Assert.Contains(" … ", group.Name, StringComparison.Ordinal));
    }

    private static FilmGroups Groups(string[] names) => new(names, _ => 10);
}
