using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Mosaics;

namespace OrleansAtlas.Tests;

public sealed class VarietyTests
{
    private const int Width = 8;

    [Fact]
    public void Near_twins_give_way_as_long_as_there_are_others()
    {
        // A standing scene of a thousand frames, among two hundred that differ.
        var (frames, looks) = Library(standing: 1000, others: 200);
        Assert.InRange(Standing(0.7), 1, 3);
        Assert.Equal(1000, Standing(0));

        int Standing(double variety) => Variety.Choose(frames, looks, 150, variety, default).Count(i => i < 1000);
    }

    [Fact]
    public void The_more_variety_the_farther_the_two_that_are_most_alike_are_apart()
    {
        var (frames, looks) = Library(standing: 500, others: 400);
        var apart = ((double[])[0, 0.3, 0.6, 1]).Select(Apart).ToArray();
        Assert.Equal(apart.Order(), apart);
        Assert.True(apart[1] > 10 * apart[0], string.Join(" ", apart));
        Assert.True(apart[3] > 1.3 * apart[1], string.Join(" ", apart));

        double Apart(double variety)
        {
            var chosen = Variety.Choose(frames, looks, 120, variety, default);
            return Math.Sqrt(chosen.SelectMany(a => chosen.Where(b => b > a).Select(b => Square(looks, a, b))).Min());
        }
    }

    [Fact]
    public void There_are_always_as_many_as_are_needed_also_where_all_look_the_same()
    {
        MapFrame[] frames = [.. Enumerable.Range(0, 60).Select(i => new MapFrame(0, 0, i, i, i / 60.0, 0.5))];
        var looks = new FrameLooks(2, [.. Enumerable.Range(0, 60).SelectMany(_ => (float[])[1, 0])]);
        foreach (var needed in (int[])[1, 30, 60])
        {
            var chosen = Variety.Choose(frames, looks, needed, 1, default);
            Assert.Equal((needed, needed), (chosen.Length, chosen.Distinct().Count()));
            Assert.Equal(chosen.Order(), chosen);
        }
    }

    [Fact]
    public void A_library_too_large_for_one_search_is_searched_in_parts()
    {
        var (frames, looks) = Library(standing: 10_000, others: 30_000);
        var chosen = Variety.Choose(frames, looks, 1500, 0.7, default);
        Assert.InRange(chosen.Length, 1500, 6000);
        Assert.InRange(chosen.Count(i => i < 10_000), 1, 150);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Goes_from_nought_to_one(double variety) =>
        Assert.Contains("from 0", Assert.Throws<ArgumentOutOfRangeException>(() => Choose(variety)).Message);

    private static int[] Choose(double variety) =>
        Library(10, 10) is var (frames, looks) ? Variety.Choose(frames, looks, 5, variety, default) : [];

    private static (MapFrame[] Frames, FrameLooks Looks) Library(int standing, int others)
    {
        var random = new Random(5);
        var rows = new float[(standing + others) * Width];
        for (var i = 0; i < standing + others; i++)
        {
            var row = rows.AsSpan(i * Width, Width);
            for (var k = 0; k < Width; k++)
            {
                row[k] = i < standing ? (k == 0 ? 1 : 0.002f * random.NextSingle()) : random.NextSingle() - 0.5f;
            }

            var norm = MathF.Sqrt(row.ToArray().Sum(x => x * x));
            for (var k = 0; k < Width; k++)
            {
                row[k] /= norm;
            }
        }

        return (
            [.. Enumerable.Range(0, standing + others).Select(i => new MapFrame(i, 0, i, i, random.NextDouble(), random.NextDouble()))],
            new FrameLooks(Width, rows)
        );
    }

    private static double Square(FrameLooks looks, int a, int b) =>
        Enumerable.Range(0, Width).Sum(k => Math.Pow(looks[a][k] - looks[b][k], 2));
}
