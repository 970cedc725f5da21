using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Similar;

namespace OrleansAtlas.Tests;

public sealed class SimilarSearchTests
{
    private static readonly Clip[] Library =
    [
        .. Enumerable.Range(0, 12).Select(film => Walks.Around(film / 3, film, 20, film + 1, 20 * film)),
    ];

    [Fact]
    public void Clips_of_the_same_scene_come_first()
    {
        var search = new SimilarSearch(Library);
        Assert.All(
            Library,
            query =>
            {
                var found = search.Find(query, 2, TestContext.Current.CancellationToken);
                Assert.All(found, match => Assert.Equal(query.Film / 3, match.Clip.Film / 3));
                Assert.DoesNotContain(found, match => match.Clip.Film == query.Film);
            }
        );
    }

    [Fact]
    public void The_stretch_of_a_long_film_that_matches_is_found()
    {
        var query = Walks.Around(50, 0, 15, 3);
        var film = Walks.Joined(1, 15, Walks.Around(60, 1, 40, 4), query, Walks.Around(61, 1, 40, 5));
        var match = Assert.Single(new SimilarSearch([query, film]).Find(query, 5, TestContext.Current.CancellationToken));
        Assert.Equal((8.0, 10.8), (Math.Round(match.Clip.Start, 3), Math.Round(match.Clip.End, 3)));
        Assert.Equal(15 + 40, match.Clip.First);
        Assert.True(match.Score > 0.9);
        Assert.Contains("in the same order", match.Why);
    }

    [Fact]
    public void A_part_of_a_film_is_compared_with_the_rest_of_it_but_not_with_itself()
    {
        var scene = Walks.Around(70, 0, 10, 6);
        var film = Walks.Joined(0, 0, scene, Walks.Around(71, 0, 30, 7), scene);
        var query = film.Slice(0, 10);
        var found = new SimilarSearch([film, Walks.Around(72, 1, 20, 8, 50)]).Find(query, 1, TestContext.Current.CancellationToken);
        Assert.Equal(40, Assert.Single(found).Clip.First);
    }

    [Fact]
    public void One_frame_is_enough_to_ask_with()
    {
        var query = Library[4].Slice(7, 1) with { Film = -1 };
        var match = new SimilarSearch(Library).Find(query, 1, TestContext.Current.CancellationToken)[0];
        Assert.Equal(4, match.Clip.Film);
        Assert.InRange(Library[4].Times[7], match.Clip.Start, match.Clip.End);
    }

    [Fact]
    public void Of_a_large_library_only_films_with_near_frames_are_compared_and_the_best_are_among_them()
    {
        // 5,250 films of 1,750 scenes, 105,000 frames.
        Clip[] large = [.. Enumerable.Range(0, 5250).Select(film => Walks.Around(film / 3, film, 20, film + 1, 20 * film))];
        var search = new SimilarSearch(large);
        foreach (var query in (Clip[])[large[4], large[2500].Slice(3, 12), large[5249]])
        {
            var found = search.Find(query, 2, TestContext.Current.CancellationToken);
            var compared = new SimilarSearch([.. large.Where(clip => clip.Film / 30 == query.Film / 30)], search.Unlike).Find(
                query,
                2,
                TestContext.Current.CancellationToken
            );
            Assert.Equal(compared.Select(What).Order(), found.Select(What).Order());
            Assert.All(found, match => Assert.Equal(query.Film / 3, match.Clip.Film / 3));
        }

        // Not scores and not ranks: the third clip that is asked with, of another scene, is another one.
        static (int, int, int, double) What(ClipMatch match) => (match.Clip.Film, match.Clip.First, match.Clip.Count, match.Looks);
    }

    [Fact]
    public void A_clip_that_is_like_those_most_like_the_query_comes_before_one_that_is_as_near_to_the_query()
    {
        // In a plane, by angles: the query at 0, its kind at 8, 10, 12 and 40 degrees, another clip at -35.
        Clip[] clips = [At(1, 8), At(2, 10), At(3, 12), At(4, 40), At(5, -35), At(6, 180), At(7, 150)];
        var found = new SimilarSearch(clips).Find(At(-1, 0), 7, TestContext.Current.CancellationToken);
        Assert.Equal([4, 5], found.Skip(3).Take(2).Select(match => match.Clip.Film));
        Assert.True(found[4].Looks > found[3].Looks);
        Assert.Equal(found.Select(match => match.Score).OrderDescending(), found.Select(match => match.Score));

        static Clip At(int film, double degrees)
        {
            var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
            return new Clip($"{film}", film, [0, 1], [(float)cosine, (float)sine, (float)cosine, (float)sine], new float[4], 2 * film);
        }
    }

    [Fact]
    public void Clips_that_differ_most_are_of_different_scenes()
    {
        var chosen = DiverseSelection.Farthest(Library, 4, TestContext.Current.CancellationToken);
        Assert.Equal([0, 1, 2, 3], chosen.Select(choice => choice.Clip.Film / 3).Order());
    }

    [Fact]
    public void Clips_that_cover_the_library_stand_for_a_scene_each()
    {
        var chosen = DiverseSelection.Cover(Library, 4, TestContext.Current.CancellationToken);
        Assert.Equal([0, 1, 2, 3], chosen.Select(choice => choice.Clip.Film / 3).Order());
        Assert.All(chosen, choice => Assert.Equal(0.25, choice.Share, 6));
    }

    [Fact]
    public void More_clips_than_there_are_gives_all() =>
        Assert.Equal(12, DiverseSelection.Farthest(Library, 50, TestContext.Current.CancellationToken).Count);
}
