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
    public void Has_the_losses_and_gradients_of_PyTorch(string loss)
    {
        var network = Reference();
        var (rows, batch) = Triplets();
        var pass = new TrainingPass(network, 64);
        var weights = new LossWeights(
            loss == "mse" ? 1 : 0,
            loss == "activity" ? 1 : 0,
            loss == "log_ratio" ? 1 : 0,
            loss == "temporal" ? 1 : 0
        );
        var losses = pass.Run(rows, batch, 64, weights, 0.3f);
        var expected = Expected.GetProperty("losses").GetProperty("values").GetProperty(loss).GetDouble();
        Assert.Equal(1, losses.Total(weights) / expected, 1e-4);

        var compared = 0;
        foreach (var (name, view) in network.Shape.Views.Where(view => view.Value.Offset < network.Shape.Trainable))
        {
            Close(
                TestFiles.Reference<float>($"autoencoder/grad.{loss}.{name}.npy").Values,
                pass.Gradients.Slice(view.Offset, view.Length),
                1e-4,
                name
            );
            compared++;
        }

        Assert.Equal(24, compared);
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
