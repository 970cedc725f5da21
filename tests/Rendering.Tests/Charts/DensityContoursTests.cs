using OrleansAtlas.Numerics;
using OrleansAtlas.Rendering.Charts;

namespace OrleansAtlas.Tests.Maps;

public sealed class DensityContoursTests
{
    [Fact]
    public void The_line_of_half_the_points_of_a_normal_cloud_is_a_circle_of_the_known_radius()
    {
        const float Deviation = 0.15f;
        var random = new Xoshiro256(3);
        float[] points = [.. Enumerable.Range(0, 40_000).Select(_ => 0.5f + (Deviation * random.NextGaussian()))];
        var radii = new DensityContours(points).Around(0.5).Select(piece => double.Hypot(piece.X1 - 0.5, piece.Y1 - 0.5)).ToList();

        // Half of a normal cloud in the plane lies within 1.177 deviations.
        Assert.NotEmpty(radii);
        Assert.InRange(radii.Average(), 1.1 * Deviation, 1.26 * Deviation);
    }

    [Fact]
    public void Two_clouds_have_a_line_each()
    {
        var random = new Xoshiro256(4);
        float[] points =
        [
            .. Enumerable
                .Range(0, 2000)
                .SelectMany(i =>
                    (float[])[(i % 2 == 0 ? 0.25f : 0.75f) + (0.03f * random.NextGaussian()), 0.5f + (0.03f * random.NextGaussian())]
                ),
        ];
        var pieces = new DensityContours(points).Around(0.75).ToList();
        Assert.Contains(pieces, piece => piece.X1 < 0.5);
        Assert.Contains(pieces, piece => piece.X1 > 0.5);
        Assert.DoesNotContain(pieces, piece => piece.X1 is > 0.42 and < 0.58);
    }
}
