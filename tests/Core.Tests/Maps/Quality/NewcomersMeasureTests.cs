using OrleansAtlas.Maps.Quality;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests.Maps.Quality;

public sealed class NewcomersMeasureTests
{
    private const int Frames = 600;
    private static readonly float[] Truth = Points(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Newcomers_that_lie_where_they_belong_keep_their_neighbours_and_nothing_is_lost()
    {
        var newcomers = NewcomersMeasure.Of(Truth, Truth, 2, HalfKnown(), 1, 1, Cancel)!;
        Assert.Equal((300, 1.0, 1.0, 0.0), (newcomers.Frames, newcomers.NeighboursKept, newcomers.KeptBefore, newcomers.Lost));
    }

    [Fact]
    public void Newcomers_that_lie_anywhere_lose_theirs_and_those_of_the_others()
    {
        var (known, elsewhere) = (HalfKnown(), Points(2));
        float[] places = [.. Truth.Select((place, i) => known[i / 2] ? place : elsewhere[i])];
        var kept = MapQuality.Measure(Truth, places, 2, Cancel).NeighboursKept;
        var newcomers = NewcomersMeasure.Of(Truth, places, 2, known, kept, 1, Cancel)!;
        Assert.InRange(newcomers.NeighboursKept, 0, 0.1);
        Assert.Equal(1, newcomers.KeptBefore);
        Assert.Equal(1 - kept, newcomers.Lost, 1e-9);
        Assert.InRange(newcomers.Lost, 0.5, 1);
    }

    [Fact]
    public void A_sample_of_many_comes_near_all_of_them()
    {
        var places = Truth.Select((place, i) => place + (0.02f * MathF.Sin(i * 7919))).ToArray();
        bool[] known = [.. Enumerable.Range(0, Frames).Select(i => i < 20)];
        var all = MapQuality.Measure(Truth, places, 2, Cancel, chosen: [.. Enumerable.Range(20, Frames - 20)]).NeighboursKept;
        Assert.Equal(all, NewcomersMeasure.Of(Truth, places, 2, known, 1, 1, Cancel)!.NeighboursKept, 0.02);
    }

    [Fact]
    public void Where_all_are_known_or_hardly_any_there_is_nothing_to_say()
    {
        Assert.Null(NewcomersMeasure.Of(Truth, Truth, 2, [.. Enumerable.Repeat(true, Frames)], 1, 1, Cancel));
        Assert.Null(NewcomersMeasure.Of(Truth, Truth, 2, [true, true, .. Enumerable.Repeat(false, Frames - 2)], 1, 1, Cancel));
    }

    private static bool[] HalfKnown() => [.. Enumerable.Range(0, Frames).Select(i => i % 2 == 0)];

    private static float[] Points(int seed)
    {
        var random = new Xoshiro256(seed);
        return [.. Enumerable.Range(0, 2 * Frames).Select(_ => random.NextSingle())];
    }
}
