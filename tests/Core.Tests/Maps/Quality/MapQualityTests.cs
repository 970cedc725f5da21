using System.Text.Json;
using OrleansAtlas.Maps.Quality;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Tests.Reduction;

public sealed class MapQualityTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public void Agrees_with_scikit_learn()
    {
        var expected = JsonDocument
            .Parse(File.ReadAllText(Path.Combine(TestFiles.Repository, "tests", "reference", "reference.json")))
            .RootElement.GetProperty("quality");
        var quality = Reference();
        Assert.Equal(expected.GetProperty("k").GetInt32(), quality.Neighbours);
        Assert.Equal(expected.GetProperty("trustworthiness").GetDouble(), quality.Trustworthiness, 1e-6);
        Assert.Equal(expected.GetProperty("continuity").GetDouble(), quality.Continuity, 1e-6);
        Assert.Equal(expected.GetProperty("knn_overlap").GetDouble(), quality.NeighboursKept, 1e-6);
    }

    [Fact]
    public void Tells_each_frame_its_share()
    {
        var quality = Reference();
        Assert.Equal(quality.NeighboursKept, quality.Trust.Average(share => (double)share), 1e-6);
        Assert.All(quality.Trust, share => Assert.InRange(share, 0, 1));
    }

    [Fact]
    public void A_map_that_is_the_truth_scores_one()
    {
        var map = TestFiles.Reference<float>("quality/map.npy").Values;
        var quality = MapQuality.Measure(map, map.Select(value => value * 3).ToArray(), 2, Token);
        Assert.Equal([1.0, 1.0, 1.0], [quality.Trustworthiness, quality.Continuity, quality.NeighboursKept]);
        Assert.Equal(1, quality.LogRatioCorrelation, 1e-3);
    }

    [Fact]
    public void A_sample_of_a_large_map_comes_near_the_whole_and_is_always_the_same()
    {
        var (high, map) = (TestFiles.Reference<float>("quality/high.npy").Values, TestFiles.Reference<float>("quality/map.npy").Values);
        var sample = MapQuality.Measure(high, map, 16, Token, exactUpTo: 400);
        Assert.Equal(200, sample.FramesMeasured);
        Assert.Equal(280, sample.Trust.Count(float.IsNaN));
        Assert.Equal(Reference().Trustworthiness, sample.Trustworthiness, 0.02);
        Assert.Equal(sample.Trust, MapQuality.Measure(high, map, 16, Token, exactUpTo: 400).Trust);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Measures_a_handful_of_frames(int frames)
    {
        var map = Enumerable.Range(0, 2 * frames).Select(i => (float)i).ToArray();
        Assert.Equal(1, MapQuality.Measure(map, map, 2, Token).Trustworthiness);
    }

    [Fact]
    public void Frames_that_repeat_are_still_neighbours()
    {
        var map = Enumerable.Range(0, 200).Select(i => (float)(i / 20)).ToArray();
        Assert.Equal(1, MapQuality.Measure(map, map, 2, Token).NeighboursKept);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_turned_or_mirrored_map_is_turned_back(int mirror)
    {
        var map = TestFiles.Reference<float>("quality/map.npy").Values;
        var (sin, cos) = MathF.SinCos(2.1f);
        var turned = map.Chunk(2).SelectMany(p => (float[])[(cos * p[0]) - (sin * p[1]), mirror * ((sin * p[0]) + (cos * p[1]))]).ToArray();
        var fit = Procrustes.Fit(turned, map);
        Assert.Equal(0, fit.Disparity, 1e-6);
        for (var i = 0; i < map.Length; i += 2)
        {
            Assert.Equal(map[i] - map[0], ((turned[i] - turned[0]) * fit.Matrix[0]) + ((turned[i + 1] - turned[1]) * fit.Matrix[2]), 1e-4);
            Assert.Equal(
                map[i + 1] - map[1],
                ((turned[i] - turned[0]) * fit.Matrix[1]) + ((turned[i + 1] - turned[1]) * fit.Matrix[3]),
                1e-4
            );
        }
    }

    private static MapQuality Reference() =>
        MapQuality.Measure(
            TestFiles.Reference<float>("quality/high.npy").Values,
            TestFiles.Reference<float>("quality/map.npy").Values,
            16,
            Token
        );
}
