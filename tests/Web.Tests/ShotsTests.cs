using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Tests;

/// <summary>Films of 64 numbers a frame: scenes are about 11 apart, as random points are, and the map is as wide.</summary>
public sealed class ShotsTests
{
    private const int Width = 64;
    private const float MapSpread = 11;
    private readonly Random _random = new(7);

    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    public void Few_cuts_between_stretches_that_stand_still_are_found(double noise)
    {
        int[] cuts = [0, 60, 61, 140];

        Assert.Equal(cuts, Shots.Starts(Film(200, cuts, noise), Width, MapSpread));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Cuts_at_nearly_every_step_are_found(int framesOfShot)
    {
        List<int> cuts = [.. Enumerable.Range(0, 100).Select(shot => shot * framesOfShot).Where(frame => frame % 10 != 9)];

        Assert.Equal(cuts, Shots.Starts(Film(100 * framesOfShot, cuts, 0.05), Width, MapSpread));
    }

    [Fact]
    public void A_film_of_one_shot_is_one_however_it_trembles() => Assert.Equal([0], Shots.Starts(Film(100, [0], 0.05), Width, MapSpread));

    [Fact]
    public void What_changes_slowly_is_one_shot()
    {
        var (from, to) = (Film(1, [0], 0), Film(1, [0], 0));
        var pan = Enumerable.Range(0, 100).SelectMany(frame => from.Zip(to, (a, b) => a + ((b - a) * frame / 99))).ToArray();

        Assert.Equal([0], Shots.Starts(pan, Width, MapSpread));
    }

    [Fact]
    public void No_frames_are_no_shot_and_one_is_one()
    {
        Assert.Empty(Shots.Starts([], Width, MapSpread));
        Assert.Equal([0], Shots.Starts(Film(1, [0], 0), Width, MapSpread));
    }

    private float[] Film(int frames, ICollection<int> cuts, double noise)
    {
        var (film, scene) = (new List<float>(), Array.Empty<double>());
        for (var frame = 0; frame < frames; frame++)
        {
            scene = cuts.Contains(frame) ? Point(1) : scene;
            film.AddRange(scene.Zip(Point(noise), (at, tremble) => (float)(at + tremble)));
        }

        return [.. film];
    }

    private double[] Point(double size) =>
        [
            .. Enumerable
                .Range(0, Width)
                .Select(_ => size * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(Math.Tau * _random.NextDouble())),
        ];
}
