using OrleansAtlas.Rendering.Paths;

namespace OrleansAtlas.Tests;

public sealed class FilmPathTests
{
    [Fact]
    public void Smoothing_takes_the_tremble_out_and_leaves_the_way()
    {
        var path = FilmPath.Of(
            [.. Enumerable.Range(0, 50).Select(i => i * 0.2)],
            [.. Enumerable.Range(0, 50).SelectMany(i => (float[])[i / 50f, 0.5f + (i % 2 == 0 ? 0.1f : -0.1f)])]
        );
        var smooth = path.Smoothed(0.6);
        Assert.All(Enumerable.Range(5, 40), i => Assert.Equal(0.5, smooth.Y[i], 2));
        Assert.All(Enumerable.Range(10, 30), i => Assert.Equal(path.X[i], smooth.X[i], 2));
    }

    [Fact]
    public void Thinning_keeps_corners_and_drops_what_lies_on_the_way()
    {
        var path = FilmPath.Of([0, 1, 2, 3, 4], [0, 0, 0.5f, 0, 1, 0, 1, 0.5f, 1, 1]);
        Assert.Equal([0, 2, 4], path.Thinned(0.01).Times);
    }

    [Fact]
    public void A_curve_over_the_whole_map_is_round()
    {
        var curve = FilmPath.Of([0, 1, 2], [0, 0.4f, 0.8f, 1, 1, 0.2f]).Curve().ToList();
        double Turn(int i) =>
            Math.Abs(
                Math.IEEERemainder(
                    Math.Atan2(curve[i + 1].Y - curve[i].Y, curve[i + 1].X - curve[i].X)
                        - Math.Atan2(curve[i].Y - curve[i - 1].Y, curve[i].X - curve[i - 1].X),
                    Math.Tau
                )
            );
        Assert.InRange(Enumerable.Range(1, curve.Count - 2).Max(Turn), 0, double.DegreesToRadians(8));
    }

    [Fact]
    public void The_curve_goes_through_every_place_at_its_time()
    {
        var path = FilmPath.Of([0, 1, 3], [0, 0, 0.5f, 1, 1, 0]);
        var curve = path.Curve().ToList();
        Assert.All(Enumerable.Range(0, 3), i => Assert.Contains(curve, point => point == (path.Times[i], path.X[i], path.Y[i])));
    }
}
