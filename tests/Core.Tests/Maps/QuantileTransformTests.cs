using OrleansAtlas.Maps;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests.Reduction;

public sealed class QuantileTransformTests
{
    private static readonly float[] Codes = Correlated(2000);

    [Fact]
    public void Covers_the_square_more_evenly_the_stronger_it_is()
    {
        double Coverage(double strength) => PlacementCoverage.Of(QuantileTransform.Fit(Codes, strength: strength).Apply(Codes));
        Assert.InRange(Coverage(1), 0.93, 1);
        Assert.InRange(Coverage(0.5), Coverage(0) + 0.05, Coverage(1));
    }

    [Fact]
    public void Keeps_all_positions_in_the_square_also_of_codes_it_never_saw()
    {
        var stretch = QuantileTransform.Fit(Codes, 30);
        float[] others = [-1, -1, 1, 1, -1, 1, 1, -1, 0, 0];
        Assert.All(stretch.Apply(others).Concat(stretch.Apply(Codes)), value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void Keeps_the_order_along_both_axes()
    {
        var stretch = QuantileTransform.Fit(Codes);
        var line = Enumerable.Range(0, 199).Select(i => (i - 99) / 100f).ToArray();
        var along = stretch.Apply([.. line.SelectMany(x => (float[])[x, 0.1f])]);
        var up = stretch.Apply([.. line.SelectMany(y => (float[])[0.1f, y])]);
        for (var i = 2; i < along.Length; i += 2)
        {
            Assert.True(along[i] > along[i - 2], $"x falls at {line[i / 2]}");
            Assert.True(up[i + 1] > up[i - 1], $"y falls at {line[i / 2]}");
        }
    }

    [Fact]
    public void Without_strength_keeps_the_codes_shape()
    {
        var positions = QuantileTransform.Fit(Codes, strength: 0).Apply(Codes);
        var fit = (positions[2] - positions[0]) / (Codes[2] - Codes[0]);
        Assert.Equal(fit, (positions[402] - positions[400]) / (Codes[402] - Codes[400]), 1e-2);
    }

    [Fact]
    public void Turns_anticlockwise()
    {
        float[] codes = [0.5f, 0, -0.5f, 0, 0, 0.1f, 0, -0.1f];
        var turned = QuantileTransform.Fit(codes, 90, 0).Apply(codes);
        Assert.Equal(0.99f, turned[1], 1e-5);
        Assert.Equal(0.01f, turned[3], 1e-5);
        Assert.Equal(0.01f, turned[4], 1e-5);
    }

    [Fact]
    public void Aligns_codes_that_were_turned_and_mirrored_with_those_of_the_map_before()
    {
        var before = QuantileTransform.Fit(Codes, 20, 1, new Alignment(false, 35));
        var (sin, cos) = MathF.SinCos(1);
        float[] turned =
        [
            .. Codes.Chunk(2).SelectMany(code => (float[])[(cos * code[0]) + (sin * code[1]), (sin * code[0]) - (cos * code[1])]),
        ];
        var after = QuantileTransform.Fit(turned, 20, 1, Alignment.Of(turned, before.Align(Codes)));
        Assert.All(after.Apply(turned).Zip(before.Apply(Codes)), pair => Assert.Equal(pair.Second, pair.First, 0.01f));
    }

    [Fact]
    public void Reads_back_what_it_wrote()
    {
        var stretch = QuantileTransform.Fit(Codes, 12.5, 0.7, new Alignment(true, -30));
        Assert.Equal(stretch.Apply(Codes), QuantileTransform.Parse(stretch.ToBytes()).Apply(Codes));
    }

    [Fact]
    public void Places_one_frame_and_frames_that_are_all_the_same()
    {
        Assert.Equal([0.5f, 0.5f], QuantileTransform.Fit([0.3f, 0.2f]).Apply([0.3f, 0.2f]));
        Assert.Equal([0.5f, 0.5f, 0.5f, 0.5f], QuantileTransform.Fit([0, 0, 0, 0]).Apply([0, 0, 0, 0]));
    }

    [Fact]
    public void Refuses_what_it_cannot_do()
    {
        Assert.Contains("a stretch of 0 to 1", Assert.Throws<ArgumentException>(() => QuantileTransform.Fit(Codes, strength: 1.5)).Message);
        Assert.Throws<ArgumentException>(() => QuantileTransform.Fit([]));
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
