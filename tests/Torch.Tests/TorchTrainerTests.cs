using OrleansAtlas.Maps;
using OrleansAtlas.Maps.Quality;
using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Torch;

namespace OrleansAtlas.Tests;

/// <summary>The two trainers side by side, from the same vectors, options and seed.</summary>
public sealed class TorchTrainerTests(ITestOutputHelper output)
{
    private const int Width = FilmWalks.Width;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly int[] FilmOf = FilmWalks.FilmOf;
    private static readonly float[] Rows = FilmWalks.Rows;

    public static TheoryData<string, TrainingOptions> Recipes =>
        new()
        {
            { "article", TrainingOptions.Of(TrainingOptions.Article) with { Epochs = 50 } },
            { "log-ratio", TrainingOptions.Of(TrainingOptions.Article) with { Epochs = 50, Loss = PairLoss.LogRatio } },
            { "temporal", TrainingOptions.Of(TrainingOptions.Article) with { Epochs = 50, Loss = PairLoss.Temporal } },
            {
                "best",
                new TrainingOptions
                {
                    AutomaticSteps = 300,
                    EncoderWidth = 64,
                    LayoutSteps = 300,
                }
            },
        };

    [Theory]
    [MemberData(nameof(Recipes), DisableDiscoveryEnumeration = true)]
    public void Reaches_the_losses_and_the_map_of_the_managed_trainer(string name, TrainingOptions options)
    {
        var (managed, torch) = (Train(new AutoencoderTrainer(), options), Train(new TorchTrainer(TorchFixture.Found), options));
        var (expected, actual) = (managed.Report.Epochs[^1].Total, torch.Report.Epochs[^1].Total);
        var (before, now) = (Trustworthiness(managed), Trustworthiness(torch));
        output.WriteLine($"{name}: losses {expected:0.00000} and {actual:0.00000}, trustworthiness {before:0.0000} and {now:0.0000}");
        Assert.Equal(1, actual / expected, 0.02);
        Assert.Equal(before, now, 0.01);
        Assert.Equal(managed.Report.Steps, torch.Report.Steps);
    }

    [Fact]
    public void A_model_of_libtorch_is_stored_and_read_as_any_other()
    {
        var code = Train(new TorchTrainer(TorchFixture.Found), new TrainingOptions { AutomaticSteps = 20, LayoutSteps = 30 }).Code;
        Assert.Equal(code.Encode(Rows), Reduction.Embedder.Parse(code.ToFiles()).Encode(Rows));
    }

    [Fact]
    public void Stops_when_asked()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Assert.Throws<OperationCanceledException>(() =>
            new TorchTrainer(TorchFixture.Found).Train(
                new TrainingSet(Rows, FilmOf),
                TrainingOptions.Of(TrainingOptions.Article),
                _ => stop.Cancel(),
                stop.Token
            )
        );
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Multiplies_matrices(bool transposeLeft, bool transposeRight)
    {
        const int N = 5,
            K = 7,
            M = 3;
        var (left, right) = (Wave(N * K, 0.3f), Wave(K * M, 0.7f));
        var result = new float[N * M];
        new TorchMatrixProduct(TorchFixture.Found).Multiply(left, right, result, N, K, M, transposeLeft, transposeRight);
        for (var i = 0; i < result.Length; i++)
        {
            var (row, column) = (i / M, i % M);
            var expected = Enumerable
                .Range(0, K)
                .Sum(k =>
                    left[transposeLeft ? (k * N) + row : (row * K) + k] * right[transposeRight ? (column * K) + k : (k * M) + column]
                );
            Assert.Equal(expected, result[i], 1e-5f);
        }
    }

    private static float[] Wave(int count, float step) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(step * i))];

    private static TrainedModel Train(IAutoencoderTrainer trainer, TrainingOptions options) =>
        trainer.Train(new TrainingSet(Rows, FilmOf), options, null, Token);

    private static double Trustworthiness(TrainedModel model)
    {
        var codes = model.Code.Encode(Rows);
        return MapQuality.Measure(Rows, Stretch.Fit(codes).Apply(codes), Width, Token).Trustworthiness;
    }
}
