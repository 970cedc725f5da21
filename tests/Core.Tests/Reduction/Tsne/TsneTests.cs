using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Tsne;

namespace OrleansAtlas.Tests.Reduction;

public sealed class TsneTests
{
    private const int Frames = 150,
        Width = 12;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly float[] Rows = Clusters();

    [Fact]
    public void Weights_are_symmetric_and_sum_to_one()
    {
        var graph = AffinityGraph.Of(Rows, Frames, 10, Token);
        Assert.Equal(1, graph.Weights.Sum(), 1e-4f);
        for (var i = 0; i < Frames; i++)
        {
            foreach (var e in Enumerable.Range(graph.Starts[i], graph.Starts[i + 1] - graph.Starts[i]))
            {
                var j = graph.Others[e];
                var back = Array.IndexOf(graph.Others, i, graph.Starts[j], graph.Starts[j + 1] - graph.Starts[j]);
                Assert.Equal(graph.Weights[e], graph.Weights[back]);
            }
        }
    }

    [Fact]
    public void Frames_push_each_other_as_the_formula_says()
    {
        var random = new Xoshiro256(1);
        var (x, y) = (Gaussians(random, 37), Gaussians(random, 37));
        var repulsion = new RepulsiveForces(37, 37);
        repulsion.Compute(x, y, random);
        double W(int i, int j) => 1 / (1 + Math.Pow(x[i] - x[j], 2) + Math.Pow(y[i] - y[j], 2));
        var all = Enumerable.Range(0, 37).ToArray();
        var total = all.Sum(i => all.Where(j => j != i).Sum(j => W(i, j)));
        Assert.All(all, i => Assert.Equal(all.Sum(j => W(i, j) * W(i, j) * (x[i] - x[j])) / total, repulsion.X[i], 1e-5));
        Assert.All(all, i => Assert.Equal(all.Sum(j => W(i, j) * W(i, j) * (y[i] - y[j])) / total, repulsion.Y[i], 1e-5));
    }

    [Fact]
    public void A_sample_pushes_about_as_all_do()
    {
        var random = new Xoshiro256(2);
        var (x, y) = (Gaussians(random, 4000), Gaussians(random, 4000));
        var (all, some) = (new RepulsiveForces(4000, 4000), new RepulsiveForces(4000, 1000));
        all.Compute(x, y, random);
        some.Compute(x, y, random);

        // Its errors are independent of the forces, so they vanish from the overlap.
        var overlap = all.X.Zip(some.X).Sum(pair => (double)pair.First * pair.Second) / all.X.Sum(value => (double)value * value);
        Assert.InRange(overlap, 0.95, 1.05);
    }

    [Fact]
    public void Clusters_stay_together_with_the_deviation_asked_for()
    {
        var layout = TsneLayout.Of(Rows, [], Frames, 10, 400, 0.3, new Xoshiro256(1), Token);
        Assert.Equal(0.3, Math.Sqrt(layout.Sum(value => (double)value * value) / layout.Length), 1e-3);
        var own = Enumerable
            .Range(0, Frames)
            .Count(i =>
            {
                var nearest = Enumerable
                    .Range(0, Frames)
                    .Where(j => j != i)
                    .MinBy(j => Distance.Squared(layout.AsSpan(2 * i, 2), layout.AsSpan(2 * j, 2)));
                return nearest % 5 == i % 5;
            });
        Assert.InRange(own, Frames - 3, Frames);
    }

    private static float[] Gaussians(Xoshiro256 random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextGaussian())];

    private static float[] Clusters()
    {
        var random = new Xoshiro256(8);
        var centres = Gaussians(random, 5 * Width);
        return
        [
            .. Enumerable
                .Range(0, Frames * Width)
                .Select(i => centres[(i / Width % 5 * Width) + (i % Width)] + (0.3f * random.NextGaussian())),
        ];
    }
}
