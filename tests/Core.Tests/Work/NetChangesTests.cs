using OrleansAtlas.Work;

namespace OrleansAtlas.Tests.Work;

/// <summary>What a user in the morning reads of several nights.</summary>
public sealed class NetChangesTests
{
    [Fact]
    public void A_film_that_came_and_went_is_neither_new_nor_gone()
    {
        var net = NetChanges.Of([New("a.mp4", "b.mp4"), Gone("a.mp4")]);
        Assert.Equal(["b.mp4"], net.New.Names());
        Assert.Empty(net.Gone);
    }

    [Fact]
    public void A_film_that_came_and_went_and_came_is_new_once()
    {
        var net = NetChanges.Of([New("a.mp4"), Gone("a.mp4"), New("a.mp4")]);
        Assert.Equal(["a.mp4"], net.New.Names());
        Assert.True((net with { New = [] }).IsEmpty());
    }

    [Fact]
    public void A_film_that_went_and_is_back_is_as_it_was()
    {
        Assert.True(NetChanges.Of([Gone("a.mp4"), new IndexChanges { Back = Places("a.mp4") }]).IsEmpty());
        Assert.Equal(["a.mp4"], NetChanges.Of([new IndexChanges { Back = Places("a.mp4") }]).Back.Names());
    }

    [Fact]
    public void A_film_that_went_and_was_done_anew_under_its_name_has_changed() =>
        Assert.Equal(["a.mp4"], NetChanges.Of([Gone("a.mp4"), New("a.mp4")]).Changed.Names());

    [Fact]
    public void A_film_that_moved_twice_has_moved_once_and_one_that_moved_back_has_not()
    {
        var net = NetChanges.Of([Moved(("a", "b"), ("x", "y")), Moved(("b", "c"), ("y", "x"))]);
        Assert.Equal([("a", "c")], net.Moved.Select(film => film.Told()));
    }

    [Fact]
    public void A_new_film_goes_by_the_name_it_has_in_the_end_and_a_gone_one_by_the_one_it_had_at_first()
    {
        var net = NetChanges.Of([New("a"), Moved(("a", "b"), ("x", "y")), Gone("y")]);
        Assert.Equal(["b"], net.New.Names());
        Assert.Equal(["x"], net.Gone.Names());
        Assert.Empty(net.Moved);
    }

    [Fact]
    public void Films_that_exchanged_their_names_have_both_moved()
    {
        var net = NetChanges.Of([Moved(("a", "b"), ("b", "a"))]);
        Assert.Equal([("b", "a"), ("a", "b")], net.Moved.Select(film => film.Told()));
        Assert.True(NetChanges.Of([Moved(("a", "b"), ("b", "a")), Moved(("a", "b"), ("b", "a"))]).IsEmpty());
    }

    [Fact]
    public void A_film_that_moved_and_changed_is_told_of_as_both_and_a_new_one_that_changed_is_new()
    {
        var net = NetChanges.Of([New("n"), Moved(("a", "b")), new IndexChanges { Changed = Places("b", "n") }]);
        Assert.Equal(["n"], net.New.Names());
        Assert.Equal(["b"], net.Changed.Names());
        Assert.Equal([("a", "b")], net.Moved.Select(film => film.Told()));
    }

    [Fact]
    public void A_film_that_failed_and_then_came_is_new_alone()
    {
        var net = NetChanges.Of([new IndexChanges { Failed = Places("a", "b") }, New("a") with { Failed = Places("b") }]);
        Assert.Equal(["a"], net.New.Names());
        Assert.Equal(["b"], net.Failed.Names());
    }

    [Fact]
    public void A_film_that_moved_by_its_path_and_then_went_is_gone()
    {
        var net = NetChanges.Of([
            new IndexChanges { Moved = [new MovedFilm(new("a.mp4", "/x/a.mp4"), new("a.mp4", "/y/a.mp4"))] },
            new IndexChanges { Gone = [new("a.mp4", "/y/a.mp4")] },
        ]);
        Assert.Equal(["a.mp4"], net.Gone.Names());
        Assert.Empty(net.Moved);
    }

    [Fact]
    public void Films_of_one_name_in_two_places_are_two_and_one_that_is_called_otherwise_is_the_same()
    {
        var (here, there) = (new FilmPlace("a.mp4", "/here/a.mp4"), new FilmPlace("/there/a.mp4", "/there/a.mp4"));
        var net = NetChanges.Of([
            new IndexChanges { New = [here] },
            new IndexChanges { Gone = [there] },
            new IndexChanges { Changed = [here with { Name = "here/a.mp4" }] },
        ]);
        Assert.Equal(["here/a.mp4"], net.New.Names());
        Assert.Equal(["/there/a.mp4"], net.Gone.Names());
        Assert.True((net with { New = [], Gone = [] }).IsEmpty());
    }

    [Fact]
    public void What_older_versions_told_by_names_is_of_the_same_films()
    {
        var net = NetChanges.Of([
            new IndexChanges { New = [new("a.mp4", null), new("b.mp4", null)] },
            new IndexChanges { Moved = [new MovedFilm(Place("a.mp4"), Place("c.mp4"))], Gone = [Place("b.mp4")] },
        ]);
        Assert.Equal(["c.mp4"], net.New.Names());
        Assert.True((net with { New = [] }).IsEmpty());
    }

    [Fact]
    public void A_film_that_came_and_then_broke_has_failed_alone_and_comes_again()
    {
        IndexChanges[] broken =
        [
            new() { New = [Film("n", "N")], Changed = [Film("a", "A")] },
            new() { Failed = [Film("n", "N"), Film("a", "A"), Film("b", "B")] },
        ];
        var net = NetChanges.Of(broken);
        Assert.Equal(["a", "b", "n"], net.Failed.Names());
        Assert.True((net with { Failed = [] }).IsEmpty());

        var mended = NetChanges.Of([.. broken, new() { New = [Film("n", "N"), Film("a", "A2"), Film("b", "B")] }]);
        Assert.Equal(["n"], mended.New.Names());
        Assert.Equal(["a"], mended.Changed.Names());
        Assert.True((mended with { New = [], Changed = [] }).IsEmpty());
    }

    [Fact]
    public void What_failed_and_is_well_again_without_a_run_saying_so_is_as_it_was()
    {
        IndexChanges[] runs = [New("n"), new() { Failed = Places("n", "old") }];
        Assert.Equal(["n", "old"], NetChanges.Of(runs).Failed.Names());
        var net = NetChanges.Of(runs, _ => false);
        Assert.Equal(["n"], net.New.Names());
        Assert.True((net with { New = [] }).IsEmpty());
    }

    [Fact]
    public void A_film_is_new_once_wherever_it_was_found_by_whichever_run()
    {
        var net = NetChanges.Of([new() { New = [Film("b", "X")] }, new() { New = [Film("a", "X")], Copied = [Film("c", "X")] }]);
        Assert.Equal(["a"], net.New.Names());
        Assert.Equal(["b", "c"], net.Copied.Names());
    }

    [Fact]
    public void A_new_film_whose_first_name_went_is_new_by_the_name_that_is_left()
    {
        var net = NetChanges.Of([new() { New = [Film("a", "X")], Copied = [Film("b", "X")] }, new() { Gone = [Film("a", "X")] }]);
        Assert.Equal(["b"], net.New.Names());
        Assert.True((net with { New = [] }).IsEmpty());
    }

    [Fact]
    public void What_took_the_place_of_a_new_film_is_new_whatever_becomes_of_it()
    {
        IndexChanges[] runs =
        [
            new() { New = [Film("d", "X")] },
            new() { Moved = [new MovedFilm(Film("d", "X"), Film("p", "X"))], Changed = [Film("d", "Y")] },
        ];
        Assert.Equal(["d", "p"], OnlyNew(NetChanges.Of(runs)));
        IndexChanges[] moved = [.. runs, new() { Moved = [new MovedFilm(Film("d", "Y"), Film("b", "Y"))] }];
        Assert.Equal(["b", "p"], OnlyNew(NetChanges.Of(moved)));
        Assert.Equal(["p"], OnlyNew(NetChanges.Of([.. moved, new() { Gone = [Film("b", "Y")] }])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_replaced_by_a_copy_of_a_new_film_has_changed_and_has_not_moved(bool atOnce)
    {
        IndexChanges came = new() { New = [Film("d", "P4")] };
        IndexChanges replaced = new() { Changed = [Film("b", "P4")] };
        var net = NetChanges.Of(atOnce ? [came with { Changed = replaced.Changed }] : [came, replaced]);
        Assert.Equal(["d"], net.New.Names());
        Assert.Equal(["b"], net.Changed.Names());
        Assert.True((net with { New = [], Changed = [] }).IsEmpty());
    }

    [Fact]
    public void What_has_its_old_content_again_has_not_changed_and_a_copy_of_what_was_there_is_one()
    {
        var net = NetChanges.Of([
            new() { Changed = [Film("a", "B") with { Before = "A", IsCopy = true }], Copied = [Film("c", "B")] },
            new() { Changed = [Film("a", "A") with { Before = "B" }, Film("c", "K") with { Before = "B", IsCopy = true }] },
            new() { New = [Film("d", "A")] },
        ]);
        Assert.Equal(["c", "d"], net.Copied.Names());
        Assert.True((net with { Copied = [] }).IsEmpty());
    }

    [Fact]
    public void What_came_in_place_of_another_film_is_new_once_also_where_it_was_copied_to()
    {
        var net = NetChanges.Of([
            new() { New = [Film("a", "A"), Film("b", "B")] },
            new() { Changed = [Film("a", "N") with { Before = "A" }] },
            new() { Changed = [Film("b", "N") with { Before = "B", IsCopy = true }] },
        ]);
        Assert.Equal(["a"], net.New.Names());
        Assert.Equal(["b"], net.Copied.Names());
    }

    [Fact]
    public void A_film_has_moved_to_where_nothing_was_rather_than_to_what_was_replaced_by_its_copy()
    {
        var net = NetChanges.Of([
            new() { Moved = [new MovedFilm(Film("a", "P1"), Film("d", "P1"))] },
            new() { Changed = [Film("b", "P1")] },
        ]);
        Assert.Equal([("a", "d")], net.Moved.Select(film => film.Told()));
        Assert.Equal(["b"], net.Changed.Names());
        Assert.True((net with { Moved = [], Changed = [] }).IsEmpty());
    }

    [Fact]
    public void What_is_as_it_was_is_not_told_of()
    {
        IndexChanges[] runs =
        [
            new() { Gone = [Film("copy", "X")], Back = [Film("back", "Y")] },
            new() { Copied = [Film("copy", "X")], Gone = [Film("back", "Y")] },
        ];
        Assert.True(NetChanges.Of(runs).IsEmpty());
    }

    [Fact]
    public void What_went_and_is_broken_where_it_was_has_failed_alone()
    {
        var net = NetChanges.Of([new() { Gone = [Film("a", "X")] }, new() { Failed = [Place("a")] }]);
        Assert.Equal(["a"], net.Failed.Names());
        Assert.True((net with { Failed = [] }).IsEmpty());
    }

    [Fact]
    public void Damage_goes_with_the_film_not_with_the_place()
    {
        var net = NetChanges.Of([
            new()
            {
                New = [Film("a", "X"), Film("w", "W")],
                Copied = [Film("z", "X")],
                Damaged = [Film("a", "X"), Film("z", "X")],
            },
            new() { Changed = [Film("a", "W")] },
        ]);
        Assert.Equal(["z"], net.Damaged.Names());
        Assert.Equal(["a", "z"], net.New.Names());
        Assert.Equal(["w"], net.Copied.Names());
    }

    [Fact]
    public void Damage_is_told_of_until_the_film_is_done_anew_or_goes()
    {
        IndexChanges[] damaged = [New("n", "x"), new IndexChanges { Damaged = Places("n", "a", "x", "g") }];
        Assert.Equal(["a", "g", "n", "x"], NetChanges.Of(damaged).Damaged.Names());
        var net = NetChanges.Of([.. damaged, Moved(("a", "b")), new IndexChanges { Changed = Places("x") }, Gone("g")]);
        Assert.Equal(["b", "n"], net.Damaged.Names());
        Assert.Equal(["n", "x"], net.New.Names());
        Assert.Equal(["g"], net.Gone.Names());
    }

    private static IEnumerable<string> OnlyNew(IndexChanges net)
    {
        Assert.True((net with { New = [] }).IsEmpty());
        return net.New.Names();
    }

    private static FilmPlace Film(string name, string id) => Place(name) with { Id = id };

    private static FilmPlace Place(string name) => new(name, "/films/" + name);

    private static FilmPlace[] Places(params string[] names) => [.. names.Select(Place)];

    private static IndexChanges New(params string[] names) => new() { New = Places(names) };

    private static IndexChanges Gone(params string[] names) => new() { Gone = Places(names) };

    private static IndexChanges Moved(params (string From, string To)[] films) =>
        new() { Moved = [.. films.Select(film => new MovedFilm(Place(film.From), Place(film.To)))] };
}
