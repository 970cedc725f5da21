using System.Text.Json;

namespace OrleansAtlas.Tests;

public sealed class NeighbourTests(ApiFixture api)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_default_neighbours_are_of_other_films_and_shots_each_the_best_of_its_own()
    {
        var own = await FilmAsync(30);
        var everything = (await FoundAsync("?among=all&limit=100")).Where(frame => frame.Film != own).ToList();

        var found = (await FoundAsync("")).Where(frame => frame.Film != own).ToList();

        Assert.Equal(3, found.Count);
        Assert.Equal(3, found.DistinctBy(frame => frame.Film).Count());
        Assert.NotEmpty(everything);
        foreach (var best in everything.GroupBy(frame => frame.Film).Select(film => film.First()))
        {
            Assert.Contains(best, found);
        }
    }

    [Fact]
    public async Task Neighbours_can_be_asked_for_in_the_same_film()
    {
        var found = await FoundAsync("?among=film");
        var own = await FilmAsync(30);

        Assert.Equal(9, found.Count);
        Assert.All(found, frame => Assert.Equal(own, frame.Film));
        Assert.DoesNotContain(found, frame => frame.Number == 30);
    }

    private async Task<string> FilmAsync(int frame) =>
        (await api.JsonAsync($"{api.Map}/frames/{frame}", Cancel)).GetProperty("film").GetString()!;

    private async Task<List<(int Number, string Film)>> FoundAsync(string query) =>
        [
            .. (await api.JsonAsync($"{api.Map}/frames/30/neighbours{query}", Cancel))
                .GetProperty("true")
                .EnumerateArray()
                .Select(item => item.GetProperty("frame"))
                .Select(frame => (frame.GetProperty("number").GetInt32(), frame.GetProperty("film").GetString()!)),
        ];
}
