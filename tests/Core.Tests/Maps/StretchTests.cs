using OrleansAtlas.Maps;
using OrleansAtlas.Maps.Quality;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests.Reduction;

public sealed class StretchTests
{
    private static readonly float[] Codes = Correlated(2000);

    [Fact]
    public void Covers_the_square_more_evenly_the_stronger_it_is()
    {
        double Coverage(double strength) => PlacementCoverage.Of(Stretch.Fit(Codes, strength: strength).Apply(Codes));
        Assert.InRange(Coverage(0.5), Coverage(0) + 0.1, Coverage(1));
        Assert.InRange(Coverage(1), 0.6, 1);
    }

    [Fact]
    public void Costs_at_most_two_in_a_hundred_neighbours_at_the_usual_strength()
    {
        // Besides the plane, what it cannot show: codes keep four of five true neighbours, as those of films do.
        var (codes, random) = (Films(40, 50), new Xoshiro256(10));
        float[] truth =
        [
            .. codes.Chunk(2).SelectMany(code => (float[])[.. code, 0.006f * random.NextGaussian(), 0.006f * random.NextGaussian()]),
        ];
        double Kept(float[] map) => MapQuality.Measure(truth, map, 4, TestContext.Current.CancellationToken).NeighboursKept;
        var positions = Stretch.Fit(codes).Apply(codes);
        Assert.InRange(Kept(codes), 0.6, 0.9);
        Assert.InRange(Kept(positions), 0.98 * Kept(codes), 1);
        Assert.InRange(PlacementCoverage.Of(positions), PlacementCoverage.Of(Stretch.Fit(codes, strength: 0).Apply(codes)) + 0.15, 1);
    }

    [Fact]
    public void Keeps_all_positions_in_the_square_also_of_codes_it_never_saw()
    {
        var stretch = Stretch.Fit(Codes, 30);
        float[] others = [-1, -1, 1, 1, -1, 1, 1, -1, 0, 0];
        Assert.All(stretch.Apply(others).Concat(stretch.Apply(Codes)), value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void Folds_nothing_wherever_a_code_may_lie()
    {
        const int Side = 150;
        var stretch = Stretch.Fit(Films(40, 50), strength: 1);
        float Code(int i) => (1.98f * i / (Side - 1)) - 0.99f;
        var places = stretch.Apply([.. Enumerable.Range(0, Side * Side).SelectMany(i => (float[])[Code(i % Side), Code(i / Side)])]);
        for (var i = 0; i < Side * (Side - 1); i++)
        {
            if (i % Side < Side - 1)
            {
                var (across, down) = (2 * (i + 1), 2 * (i + Side));
                var turn =
                    ((places[across] - places[2 * i]) * (places[down + 1] - places[(2 * i) + 1]))
                    - ((places[across + 1] - places[(2 * i) + 1]) * (places[down] - places[2 * i]));
                Assert.True(turn > 0, $"folds at code {Code(i % Side)}, {Code(i / Side)}");
            }
        }
    }

    [Fact]
    public void A_map_made_before_with_strips_keeps_its_places()
    {
        var before = Stretch.Parse(
            """
            {"Degrees":0,"Strength":0.5,"X":{"Knots":[-0.5,0,0.5]},"Y":{"Knots":[-0.4,-0.1,0.4]},"Strips":[{"Knots":[-0.4,-0.2,0.4]},
            {"Knots":[-0.3,0,0.4]}],"Alignment":null}
            """u8
        );
        Assert.Equal([0.255f, 0.37587f, 0.5f, 0.54083f], before.Apply([-0.25f, -0.2f, 0, 0]), (a, b) => Math.Abs(a - b) < 1e-3f);
    }

    [Fact]
    public void Without_strength_keeps_the_codes_shape()
    {
        var positions = Stretch.Fit(Codes, strength: 0).Apply(Codes);
        var fit = (positions[2] - positions[0]) / (Codes[2] - Codes[0]);
        Assert.Equal(fit, (positions[402] - positions[400]) / (Codes[402] - Codes[400]), 1e-2);
    }

    [Fact]
    public void Turns_anticlockwise()
    {
        float[] codes = [0.5f, 0, -0.5f, 0, 0, 0.1f, 0, -0.1f];
        var turned = Stretch.Fit(codes, 90, 0).Apply(codes);
        Assert.Equal(0.99f, turned[1], 1e-5);
        Assert.Equal(0.01f, turned[3], 1e-5);
        Assert.Equal(0.402f, turned[4], 1e-5);
    }

    [Fact]
    public void Aligns_codes_that_were_turned_and_mirrored_with_those_of_the_map_before()
    {
        var before = Stretch.Fit(Codes, 20, 1, new Alignment(false, 35));
        var (sin, cos) = MathF.SinCos(1);
        float[] turned =
        [
            .. Codes.Chunk(2).SelectMany(code => (float[])[(cos * code[0]) + (sin * code[1]), (sin * code[0]) - (cos * code[1])]),
        ];
        var after = Stretch.Fit(turned, 20, 1, Alignment.Of(turned, before.Align(Codes)));
        Assert.All(after.Apply(turned).Zip(before.Apply(Codes)), pair => Assert.Equal(pair.Second, pair.First, 0.01f));
    }

    [Fact]
    public void Reads_back_what_it_wrote()
    {
        var stretch = Stretch.Fit(Codes, 12.5, 0.7, new Alignment(true, -30));
        Assert.Equal(stretch.Apply(Codes), Stretch.Parse(stretch.ToBytes()).Apply(Codes));
    }

    [Fact]
    public void Places_one_frame_and_frames_that_are_all_the_same()
    {
        Assert.Equal([0.5f, 0.5f], Stretch.Fit([0.3f, 0.2f]).Apply([0.3f, 0.2f]));
        Assert.Equal([0.5f, 0.5f, 0.5f, 0.5f], Stretch.Fit([0, 0, 0, 0]).Apply([0, 0, 0, 0]));
    }

    [Fact]
    public void Refuses_what_it_cannot_do()
    {
        Assert.Contains("a stretch of 0 to 1", Assert.Throws<ArgumentException>(() => Stretch.Fit(Codes, strength: 1.5)).Message);
        Assert.Throws<ArgumentException>(() => Stretch.Fit([]));
    }

    /// <summary>Films far and wide that each wander about a place of their own.</summary>
    private static float[] Films(int films, int frames)
    {
        var random = new Xoshiro256(8);
        var codes = new float[2 * films * frames];
        for (var i = 0; i < codes.Length; i++)
        {
            var begins = i % (2 * frames) < 2;
            codes[i] = begins ? 1.2f * (random.NextSingle() - 0.5f) : codes[i - 2] + (0.006f * random.NextGaussian());
        }

        return codes;
    }

    /// <summary>Clusters along a curve, as codes of films lie.</summary>
    private static float[] Correlated(int count)
    {
        var random = new Xoshiro256(9);
        return
        [
            .. Enumerable
                .Range(0, count)
                .SelectMany(i =>
                {
                    var t = ((i % 13) - 6) / 8f;
                    return (float[])
                        [MathF.Tanh(t + (0.08f * random.NextGaussian())), MathF.Tanh((t * t) - 0.2f + (0.1f * random.NextGaussian()))];
                }),
        ];
    }
}
