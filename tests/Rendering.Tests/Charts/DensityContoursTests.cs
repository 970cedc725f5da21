using OrleansAtlas.Maps;
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

    [Theory]
    [InlineData(200, null)]
    [InlineData(3000, null)]
    [InlineData(3000, 0.5)]
    [InlineData(3000, 0.75)]
    [InlineData(3000, 1.0)]
    public void A_line_encloses_its_share_of_the_frames_on_codes_and_on_stretched_maps(int frames, double? stretch)
    {
        var codes = Crowds(frames);
        float[] points = stretch is { } strength ? Stretch.Fit(codes, 0, strength).Apply(codes) : [.. codes.Select(code => (code + 1) / 2)];
        var contours = new DensityContours(points);
        foreach (var share in (double[])[0.25, 0.5, 0.75, 0.95])
        {
            var line = contours.Around(share).ToList();
            var enclosed = Enumerable.Range(0, frames).Count(i => Within(line, points[2 * i], points[(2 * i) + 1]));
            Assert.Equal(share, (double)enclosed / frames, 0.02);
        }
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

    /// <summary>Films as they lie on a map: some frames nearly the same, others far and wide, up to the edges.</summary>
    private static float[] Crowds(int frames)
    {
        var random = new Xoshiro256(5);
        return
        [
            .. Enumerable
                .Range(0, frames)
                .SelectMany(i =>
                {
                    var film = i % 9;
                    var spread = film == 0 ? 0.6f : 0.006f * film;
                    var (x, y) = (MathF.Cos(film * film), MathF.Sin(3 * film));
                    return (float[])
                        [
                            MathF.Tanh((0.7f * x) + (spread * random.NextGaussian())),
                            MathF.Tanh((0.7f * y) + (spread * random.NextGaussian())),
                        ];
                }),
        ];
    }

    /// <summary>Whether a ray to the right crosses the line an odd number of times.</summary>
    private static bool Within(List<(double X1, double Y1, double X2, double Y2)> line, double x, double y) =>
        line.Count(piece =>
            (piece.Y1 > y) != (piece.Y2 > y) && piece.X1 + ((y - piece.Y1) / (piece.Y2 - piece.Y1) * (piece.X2 - piece.X1)) > x
        ) % 2
        == 1;
}
