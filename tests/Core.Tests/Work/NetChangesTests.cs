using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Work;

/// <summary>What a user in the morning reads of several nights.</summary>
public sealed class NetChangesTests
{
    [Fact]
    public void A_film_that_came_and_went_is_neither_new_nor_gone()
    {
        var net = NetChanges.Of([New("a.mp4", "b.mp4"), Gone("a.mp4")]);
        Assert.Equal(["b.mp4"], net.New);
        Assert.Empty(net.Gone);
    }

    [Fact]
    public void A_film_that_came_and_went_and_came_is_new_once()
    {
        var net = NetChanges.Of([New("a.mp4"), Gone("a.mp4"), New("a.mp4")]);
        Assert.Equal(["a.mp4"], net.New);
        Assert.True((net with { New = [] }).IsEmpty());
    }

    [Fact]
    public void A_film_that_went_and_is_back_is_as_it_was()
    {
        Assert.True(NetChanges.Of([Gone("a.mp4"), new IndexChanges { Back = ["a.mp4"] }]).IsEmpty());
        Assert.Equal(["a.mp4"], NetChanges.Of([new IndexChanges { Back = ["a.mp4"] }]).Back);
    }

    [Fact]
    public void A_film_that_went_and_was_done_anew_under_its_name_has_changed() =>
        Assert.Equal(["a.mp4"], NetChanges.Of([Gone("a.mp4"), New("a.mp4")]).Changed);

    [Fact]
    public void A_film_that_moved_twice_has_moved_once_and_one_that_moved_back_has_not()
    {
        var net = NetChanges.Of([Moved(("a", "b"), ("x", "y")), Moved(("b", "c"), ("y", "x"))]);
        Assert.Equal([new MovedFilm("a", "c")], net.Moved);
    }

    [Fact]
    public void A_new_film_goes_by_the_name_it_has_in_the_end_and_a_gone_one_by_the_one_it_had_at_first()
    {
        var net = NetChanges.Of([New("a"), Moved(("a", "b"), ("x", "y")), Gone("y")]);
        Assert.Equal(["b"], net.New);
        Assert.Equal(["x"], net.Gone);
        Assert.Empty(net.Moved);
    }

    [Fact]
    public void Films_that_exchanged_their_names_have_both_moved()
    {
        var net = NetChanges.Of([Moved(("a", "b"), ("b", "a"))]);
        Assert.Equal([new MovedFilm("b", "a"), new MovedFilm("a", "b")], net.Moved);
        Assert.True(NetChanges.Of([Moved(("a", "b"), ("b", "a")), Moved(("a", "b"), ("b", "a"))]).IsEmpty());
    }

    [Fact]
    public void A_film_that_moved_and_changed_is_told_of_as_both_and_a_new_one_that_changed_is_new()
    {
        var net = NetChanges.Of([New("n"), Moved(("a", "b")), new IndexChanges { Changed = ["b", "n"] }]);
        Assert.Equal(["n"], net.New);
        Assert.Equal(["b"], net.Changed);
        Assert.Equal([new MovedFilm("a", "b")], net.Moved);
    }

    [Fact]
    public void A_film_that_failed_and_then_came_is_new_alone()
    {
        var net = NetChanges.Of([new IndexChanges { Failed = ["a", "b"] }, New("a") with { Failed = ["b"] }]);
        Assert.Equal(["a"], net.New);
        Assert.Equal(["b"], net.Failed);
    }

    [Fact]
    public void A_film_that_moved_by_its_path_and_then_went_is_gone()
    {
        var net = NetChanges.Of([Moved(("/x/a.mp4", "/y/a.mp4")), Gone("a.mp4")]);
        Assert.Equal(["a.mp4"], net.Gone);
        Assert.Empty(net.Moved);
    }

    private static IndexChanges New(params string[] names) => new() { New = names };

    private static IndexChanges Gone(params string[] names) => new() { Gone = names };

    private static IndexChanges Moved(params (string From, string To)[] films) =>
        new() { Moved = [.. films.Select(film => new MovedFilm(film.From, film.To))] };
}
