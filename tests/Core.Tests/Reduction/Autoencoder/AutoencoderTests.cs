using System.Text.Json;
using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Autoencoder;

namespace OrleansAtlas.Tests.Reduction;

public sealed class AutoencoderTests
{
    private static readonly JsonElement Expected = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(TestFiles.Repository, "tests", "reference", "reference.json")))
        .RootElement.GetProperty("autoencoder");

    [Fact]
    public void Has_the_published_widths_and_numbers_of_parameters_for_256_components()
    {
        var shape = new NetworkShape(256);
        Assert.Equal([256, 50, 10, 2], shape.Encoder);
        Assert.Equal([2, 6, 22, 76, 256], shape.Decoder);
        Assert.Equal((13_622, 22_048), (shape.EncoderParameters, shape.DecoderParameters));
        var expected = Expected.GetProperty("parameters");
        foreach (var net in (string[])["encoder", "decoder"])
        {
            var views = shape.Views.Where(view => view.Key.StartsWith(net, StringComparison.Ordinal)).ToList();
            Assert.Equal(expected.GetProperty($"{net}_total").GetInt32(), views.Sum(view => view.Value.Length));
            Assert.Equal(
                expected.GetProperty($"{net}_trainable").GetInt32(),
                views.Where(view => view.Value.Offset < shape.Trainable).Sum(view => view.Value.Length)
            );
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(49)]
    [InlineData(300)]
    public void Fits_any_number_of_components(int inputs)
    {
        var network = new AutoencoderNetwork(new NetworkShape(inputs));
        network.Initialise(new Xoshiro256(1));
        Assert.Equal(5 * inputs, network.Decode(network.Encode(new float[5 * inputs])).Length);
    }

    [Fact]
    public void Encodes_and_decodes_as_PyTorch_does()
    {
        var network = Reference();
        var codes = network.Encode(TestFiles.Reference<float>("autoencoder/a.npy").Values);
        Close(TestFiles.Reference<float>("autoencoder/eval.code.npy").Values, codes, 1e-5);
        Close(TestFiles.Reference<float>("autoencoder/eval.output.npy").Values, network.Decode(codes), 1e-5);
    }

    [Theory]
    [InlineData("mse")]
    [InlineData("activity")]
    [InlineData("log_ratio")]
    [InlineData("temporal")]
    [InlineData("correlation")]
    public void Has_the_losses_and_gradients_of_PyTorch(string loss)
    {
        var network = Reference();
        var (rows, batch) = Triplets();
        var pass = new TrainingPass(network, 64);
        var weights = new LossWeights(
            loss == "mse" ? 1 : 0,
            loss == "activity" ? 1 : 0,
            loss == "log_ratio" ? 1 : 0,
            loss == "temporal" ? 1 : 0,
            Correlation: loss == "correlation" ? 1 : 0
        );
        var losses = pass.Run(rows, batch, 64, weights, 0.3f);
        var expected = Expected.GetProperty("losses").GetProperty("values").GetProperty(loss).GetDouble();
        Assert.Equal(1, losses.Total(weights) / expected, 1e-4);

        var compared = 0;
        foreach (var (name, view) in network.Shape.Views.Where(view => view.Value.Offset < network.Shape.Trainable))
        {
            // The correlation does not look at the decoder: PyTorch gives no gradient there, which is 0.
            Close(
                loss == "correlation" && name.StartsWith("decoder", StringComparison.Ordinal)
                    ? new float[view.Length]
                    : TestFiles.Reference<float>($"autoencoder/grad.{loss}.{name}.npy").Values,
                pass.Gradients.Slice(view.Offset, view.Length),
                1e-4,
                name
            );
            compared++;
        }

        Assert.Equal(24, compared);
    }

    [Fact]
    public void The_gradient_of_the_correlation_is_that_of_small_steps()
    {
        const float Step = 2e-3f,
            Weight = 2;
        var random = new Xoshiro256(11);
        float[] codes = [.. Enumerable.Range(0, 3 * 20 * 2).Select(_ => 0.4f * random.NextGaussian())];
        float[] targets = [.. Enumerable.Range(0, 20).Select(_ => random.NextGaussian())];
        var (_, gradient) = Correlation(codes, targets, Weight);
        for (var i = 0; i < codes.Length; i++)
        {
            float[] Moved(float by) => [.. codes.Select((code, at) => at == i ? code + by : code)];
            var slope = (Correlation(Moved(Step), targets, Weight).Loss - Correlation(Moved(-Step), targets, Weight).Loss) / (2 * Step);
            Assert.Equal(Weight * slope, gradient[i], 2e-3);
        }
    }

    [Fact]
    public void The_correlation_asks_for_the_order_of_distances_and_not_for_their_spread()
    {
        var random = new Xoshiro256(12);
        float[] codes = [.. Enumerable.Range(0, 3 * 500 * 2).Select(_ => random.NextGaussian())];

        // log(d^2 / e^2) of half the spread: the same order, which the published form would pull together.
        var ratios = LogRatios(codes);
        var (loss, gradient) = Correlation(codes, [.. ratios.Select(ratio => (ratio / 2) + 3)], 1);
        Assert.Equal(0, loss, 1e-6);
        Assert.All(gradient, value => Assert.Equal(0, value, 1e-4));
        Assert.Equal(2, Correlation(codes, [.. ratios.Select(ratio => -ratio)], 1).Loss, 1e-6);
    }

    [Fact]
    public void Where_no_triplet_differs_the_correlation_is_nothing_and_pulls_at_nothing()
    {
        var (loss, gradient) = Correlation(new float[3 * 8 * 2], new float[8], 1);
        Assert.Equal(1, loss);
        Assert.All(gradient, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Renews_the_running_statistics_as_PyTorch_does()
    {
        var network = Reference();
        var (rows, batch) = Triplets();
        new TrainingPass(network, 64).Run(rows, batch, 64, new LossWeights(1, 1, 1, 1), 0.3f);
        foreach (var name in network.Shape.Views.Keys.Where(name => name.Contains("running", StringComparison.Ordinal)))
        {
            Close(TestFiles.Reference<float>($"autoencoder/after.{name}.npy").Values, network[name], 1e-5, name);
        }
    }

    [Fact]
    public void Takes_the_same_five_Adam_steps_as_PyTorch()
    {
        var network = Reference();
        var (rows, batch) = Triplets();
        var pass = new TrainingPass(network, 64);
        var adam = new Adam(network.Shape.Trainable);
        var weights = new LossWeights(1, 1, 1, 0);
        foreach (var expected in Expected.GetProperty("adam_losses").EnumerateArray())
        {
            Assert.Equal(1, pass.Run(rows, batch, 64, weights, 0.3f).Total(weights) / expected.GetDouble(), 1e-4);
            adam.Step(network.Parameters[..network.Shape.Trainable], pass.Gradients, 1e-3f);
        }

        Close(TestFiles.Reference<float>("autoencoder/after5.encoder.0.weight.npy").Values, network["encoder.0.weight"], 1e-4);
        Close(TestFiles.Reference<float>("autoencoder/after5.decoder.9.weight.npy").Values, network["decoder.9.weight"], 1e-4);
    }

    private static unsafe (double Loss, float[] Gradient) Correlation(float[] codes, float[] targets, float weight)
    {
        var gradient = new float[codes.Length];
        fixed (
            float* code = codes,
                slope = gradient
        )
        {
            return (LogRatioLosses.Correlation(code, slope, 2, targets, weight), gradient);
        }
    }

    private static float[] LogRatios(float[] codes)
    {
        var n = codes.Length / 6;
        float Square(int i, int j) => MathF.Pow(codes[2 * i] - codes[2 * j], 2) + MathF.Pow(codes[(2 * i) + 1] - codes[(2 * j) + 1], 2);
        return
        [
            .. Enumerable
                .Range(0, n)
                .Select(t =>
                    MathF.Log((LogRatioLosses.Epsilon + Square(t, n + t)) / (LogRatioLosses.Epsilon + Square(n + t, (2 * n) + t)))
                ),
        ];
    }

    private static AutoencoderNetwork Reference()
    {
        var network = new AutoencoderNetwork(new NetworkShape(256));
        foreach (var name in network.Shape.Views.Keys)
        {
            TestFiles.Reference<float>($"autoencoder/{name}.npy").Values.CopyTo(network[name]);
        }

        return network;
    }

    private static (float[] Rows, int[] Batch) Triplets() =>
        ([.. "abc".SelectMany(part => TestFiles.Reference<float>($"autoencoder/{part}.npy").Values)], [.. Enumerable.Range(0, 192)]);

    /// <summary>The largest difference is at most this share of the largest expected number.</summary>
    private static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what = "")
    {
        Assert.Equal(expected.Length, actual.Length);
        var (largest, difference) = (0f, 0f);
        for (var i = 0; i < expected.Length; i++)
        {
            (largest, difference) = (Math.Max(largest, Math.Abs(expected[i])), Math.Max(difference, Math.Abs(expected[i] - actual[i])));
        }

        Assert.True(difference <= tolerance * largest, $"{what}: differs by {difference} of {largest}");
    }
}
