using OrleansAtlas.Maps;
using OrleansAtlas.Maps.Building;
using OrleansAtlas.Maps.Quality;
using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Reduction.Pca;

namespace OrleansAtlas.Tests.Reduction;

public sealed class AutoencoderTrainerTests
{
    private const int Width = FilmWalks.Width;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly int[] FilmOf = FilmWalks.FilmOf;
    private static readonly float[] Rows = FilmWalks.Rows;
    private static readonly TrainingOptions Quick = TrainingOptions.Of(TrainingOptions.Article) with { Epochs = 60 };

    [Theory]
    [InlineData(PairLoss.LogRatio, 0.3f)]
    [InlineData(PairLoss.Correlation, 0.3f)]
    [InlineData(PairLoss.Temporal, 0.6f)]
    [InlineData(PairLoss.None, 0.3f)]
    public void Learns_to_reconstruct_with_codes_of_the_deviation_asked(PairLoss loss, float deviation)
    {
        var epochs = new List<EpochReport>();
        var model = new AutoencoderTrainer().Train(
            new TrainingSet(Rows, FilmOf),
            Quick with
            {
                Loss = loss,
                Deviation = deviation,
            },
            epochs.Add,
            Token
        );
        Assert.Equal(60, epochs.Count);
        Assert.Equal(epochs, model.Report.Epochs);
        Assert.InRange(epochs[^1].Losses.Reconstruction, 0, 0.7 * epochs[0].Losses.Reconstruction);
        Assert.All(epochs[^1].CodeDeviation, value => Assert.InRange(value, 0.8 * deviation, 1.2 * deviation));
        Assert.All(epochs[^1].CodeMean, value => Assert.InRange(value, -0.1, 0.1));
    }

    [Fact]
    public void A_map_of_films_keeps_far_more_neighbours_than_chance()
    {
        var model = new AutoencoderTrainer().Train(new TrainingSet(Rows, FilmOf), Quick with { Epochs = 200 }, null, Token);
        var quality = MapQuality.Measure(Rows, Place(model.Code), Width, Token);
        Assert.InRange(quality.Trustworthiness, 0.9, 1);
        Assert.InRange(quality.NeighboursKept, 0.2, 1);
    }

    [Fact]
    public void The_article_keeps_the_order_of_distances_better_for_its_term_and_as_many_neighbours()
    {
        MapQuality Of(PairLoss loss)
        {
            var options = Quick with { Loss = loss, Epochs = 200 };
            var codes = new AutoencoderTrainer().Train(new TrainingSet(Rows, FilmOf), options, null, Token).Code.Encode(Rows);
            return MapQuality.Measure(Rows, codes, Width, Token);
        }

        var (with, without) = (Of(TrainingOptions.Of(TrainingOptions.Article).Loss), Of(PairLoss.None));
        Assert.InRange(with.LogRatioCorrelation, without.LogRatioCorrelation + 0.05, 1);
        Assert.InRange(with.NeighboursKept, without.NeighboursKept - 0.02, 1);
    }

    [Fact]
    public void A_way_of_training_is_named_by_what_shapes_the_plane()
    {
        Assert.Equal("layout", new TrainingOptions().LossName);
        Assert.Equal("correlation", TrainingOptions.Of(TrainingOptions.Article).LossName);
        Assert.Equal("none", (TrainingOptions.Of(TrainingOptions.Article) with { Loss = PairLoss.None }).LossName);
        Assert.Equal("layout and log-ratio", new TrainingOptions { Loss = PairLoss.LogRatio }.LossName);
    }

    [Fact]
    public void The_best_preset_keeps_far_more_neighbours_than_the_article()
    {
        double Kept(TrainingOptions options) =>
            MapQuality
                .Measure(
                    Rows,
                    Place(new AutoencoderTrainer().Train(new TrainingSet(Rows, FilmOf), options, null, Token).Code),
                    Width,
                    Token
                )
                .NeighboursKept;
        var best = Kept(
            new TrainingOptions
            {
                AutomaticSteps = 1000,
                EncoderWidth = 128,
                LayoutSteps = 500,
            }
        );
        Assert.InRange(best, Kept(Quick with { Epochs = 200 }) + 0.15, 1);
    }

    [Fact]
    public void The_best_preset_gives_the_same_bytes_for_a_seed()
    {
        static byte[] Run() =>
            new AutoencoderTrainer()
                .Train(new TrainingSet(Rows, FilmOf), new TrainingOptions { Epochs = 2, LayoutSteps = 30 }, null, Token)
                .Code.ToFiles()["network.npy"];
        var expected = Run();
        Assert.Equal(expected, Run());
        Assert.NotEqual(
            expected,
            new AutoencoderTrainer()
                .Train(
                    new TrainingSet(Rows, FilmOf),
                    new TrainingOptions
                    {
                        Epochs = 2,
                        LayoutSteps = 30,
                        Seed = 2,
                    },
                    null,
                    Token
                )
                .Code.ToFiles()["network.npy"]
        );
    }

    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        byte[] Train(long seed) =>
            new AutoencoderTrainer()
                .Train(new TrainingSet(Rows, FilmOf), Quick with { Seed = seed, Epochs = 3 }, null, Token)
                .Code.ToFiles()["network.npy"];
        Assert.Equal(Train(1), Train(1));
        Assert.NotEqual(Train(1), Train(2));
    }

    [Fact]
    public void A_model_read_back_gives_the_same_codes()
    {
        var code = new AutoencoderTrainer().Train(new TrainingSet(Rows, FilmOf), Quick with { Epochs = 3 }, null, Token).Code;
        Assert.Equal(code.Encode(Rows), Embedder.Parse(code.ToFiles()).Encode(Rows));
        var pca = PcaEmbedder.From(Rows, Width);
        Assert.Equal(pca.Encode(Rows), Embedder.Parse(pca.ToFiles()).Encode(Rows));
        Assert.All(pca.Encode(Rows), value => Assert.InRange(value, -0.999f, 0.999f));
    }

    [Fact]
    public void A_frames_code_does_not_depend_on_those_beside_it()
    {
        var code = new AutoencoderTrainer().Train(new TrainingSet(Rows, FilmOf), Quick with { Epochs = 3 }, null, Token).Code;
        Assert.Equal(code.Encode(Rows)[20..22], code.Encode(Rows.AsSpan(10 * Width, Width)));
    }

    [Fact]
    public void A_films_frames_are_placed_among_the_neighbours_they_would_have_had()
    {
        // Every tenth frame is not in training.
        var (training, held) = (Only(i => i % 10 != 3), Only(i => i % 10 == 3));
        double Kept(TrainingOptions options)
        {
            var code = new AutoencoderTrainer().Train(new TrainingSet(training.Rows, training.FilmOf), options, null, Token).Code;
            var (map, places) = (code.Encode(training.Rows), code.Encode(held.Rows));
            return Enumerable
                .Range(0, held.FilmOf.Length)
                .Average(i =>
                    Nearest(training.Rows, Width, held.Rows.AsSpan(i * Width, Width))
                        .Intersect(Nearest(map, 2, places.AsSpan(2 * i, 2)))
                        .Count() / 10.0
                );
        }

        var quick = new TrainingOptions
        {
            AutomaticSteps = 500,
            EncoderWidth = 64,
            LayoutSteps = 500,
        };
        Assert.InRange(Kept(quick), Kept(quick with { Neighbours = 0 }) + 0.1, 1);
        Assert.InRange(Kept(quick), 0.7, 1);
    }

    [Fact]
    public void Films_unlike_those_of_the_training_drift_and_another_of_the_same_kind_does_not()
    {
        var (training, held) = (Only(i => FilmOf[i] != 5), Only(i => FilmOf[i] == 5));
        var code = new AutoencoderTrainer()
            .Train(new TrainingSet(training.Rows, training.FilmOf), Quick with { Epochs = 1 }, null, Token)
            .Code;
        double Drift(float[] rows) => code.Drift(rows, new float[rows.Length / Width], Width)!.Value;
        Assert.InRange(Drift(held.Rows), 0.7, 1.1);
        Assert.InRange(Drift(training.Rows), 0, 0.01);
        Assert.InRange(Drift([.. held.Rows.Select(value => 3 * value)]), 1.5, double.MaxValue);
    }

    [Fact]
    public void A_map_trained_anew_from_the_places_before_stays_near_them()
    {
        var options = new TrainingOptions { AutomaticSteps = 20, LayoutSteps = 400 };
        var before = new AutoencoderTrainer().Train(new TrainingSet(Rows, FilmOf), options, null, Token).Code.Encode(Rows);
        double Moved(float[] old)
        {
            var now = new AutoencoderTrainer()
                .Train(new TrainingSet(Rows, FilmOf, old), options with { Seed = 2 }, null, Token)
                .Code.Encode(Rows);
            var aligned = new Stretch(
                0,
                0,
                QuantileAxis.Percentiles([0, 1], 2),
                QuantileAxis.Percentiles([0, 1], 2),
                [],
                Alignment.Of(now, before)
            ).Align(now);
            return aligned.Zip(before).Average(pair => Math.Abs(pair.First - pair.Second));
        }

        Assert.InRange(Moved(before), 0, 0.5 * Moved([]));
    }

    [Fact]
    public void Says_everything_that_is_wrong_at_once()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            new AutoencoderTrainer().Train(
                new TrainingSet(Rows, FilmOf),
                new TrainingOptions
                {
                    Deviation = 2,
                    Epochs = 0,
                    Preset = "better",
                },
                null,
                Token
            )
        );
        Assert.Contains("deviation is 2", error.Message);
        Assert.Contains("epochs is 0", error.Message);
        Assert.Contains("'better'", error.Message);
        Assert.Empty(new TrainingOptions().Validate());
    }

    [Fact]
    public void Stops_when_asked()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var epochs = 0;
        Assert.Throws<OperationCanceledException>(() =>
            new AutoencoderTrainer().Train(
                new TrainingSet(Rows, FilmOf),
                Quick,
                _ =>
                {
                    epochs++;
                    stop.Cancel();
                },
                stop.Token
            )
        );
        Assert.Equal(1, epochs);
    }

    private static (float[] Rows, int[] FilmOf) Only(Func<int, bool> frame)
    {
        var chosen = Enumerable.Range(0, FilmOf.Length).Where(frame).ToArray();
        return ([.. chosen.SelectMany(i => Rows[(i * Width)..((i + 1) * Width)])], [.. chosen.Select(i => FilmOf[i])]);
    }

    private static int[] Nearest(float[] rows, int width, ReadOnlySpan<float> to)
    {
        var (near, squares) = (new int[10], new float[10]);
        new NearestNeighbours(rows, width).Find(to, near, squares);
        return near;
    }

    private static float[] Place(Embedder code)
    {
        var codes = code.Encode(Rows);
        return Stretch.Fit(codes).Apply(codes);
    }
}
