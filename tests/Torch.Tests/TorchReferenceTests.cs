using System.Text.Json;
using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Torch;
using TorchSharp;

namespace OrleansAtlas.Tests;

/// <summary>The network, its losses, gradients and steps against those of PyTorch; tests/Core.Tests has the same of the managed
/// one.</summary>
public sealed class TorchReferenceTests : IDisposable
{
    private static readonly JsonElement Expected = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(TestFiles.Repository, "tests", "reference", "reference.json")))
        .RootElement.GetProperty("autoencoder");

    private readonly AutoencoderNetwork _managed = new(new NetworkShape(256));
    private readonly TorchNetwork _network;

    public TorchReferenceTests()
    {
        Assert.NotNull(TorchFixture.Found);
        foreach (var name in _managed.Shape.Views.Keys)
        {
            TestFiles.Reference<float>($"autoencoder/{name}.npy").Values.CopyTo(_managed[name]);
        }

        _network = new TorchNetwork(_managed.Shape, torch.CPU);
        _network.Read(_managed);
    }

    [Fact]
    public void Encodes_and_decodes_as_PyTorch_does()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        var codes = _network.Encode(torch.tensor(TestFiles.Reference<float>("autoencoder/a.npy").Values, [64, 256]), training: false);
        Close(TestFiles.Reference<float>("autoencoder/eval.code.npy").Values, Values(codes), 1e-5);
        Close(TestFiles.Reference<float>("autoencoder/eval.output.npy").Values, Values(_network.Decode(codes, training: false)), 1e-5);
    }

    [Theory]
    [InlineData("mse")]
    [InlineData("activity")]
    [InlineData("log_ratio")]
    [InlineData("temporal")]
    public void Has_the_losses_and_gradients_of_PyTorch(string loss)
    {
        var weights = new LossWeights(
            loss == "mse" ? 1 : 0,
            loss == "activity" ? 1 : 0,
            loss == "log_ratio" ? 1 : 0,
            loss == "temporal" ? 1 : 0
        );
        using var pass = Pass(weights);
        var losses = pass.Run(Batch, 64);
        Assert.Equal(1, losses.Total(weights) / Expected.GetProperty("losses").GetProperty("values").GetProperty(loss).GetDouble(), 1e-4);
        var gradients = Values(pass.Gradients);
        var compared = 0;
        foreach (var (name, view) in _managed.Shape.Views.Where(view => view.Value.Offset < _managed.Shape.Trainable))
        {
            Close(
                TestFiles.Reference<float>($"autoencoder/grad.{loss}.{name}.npy").Values,
                gradients.AsSpan(view.Offset, view.Length),
                1e-4,
                name
            );
            compared++;
        }

        Assert.Equal(24, compared);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Has_the_losses_and_gradients_of_the_managed_terms_that_PyTorch_gave_no_numbers_for(float layout, float correlation)
    {
        var weights = new LossWeights(1, 0, 0, 0, layout, correlation);
        float[] places = [.. Enumerable.Range(0, 2 * 192).Select(i => 0.4f * MathF.Sin(1.7f * i))];
        using var pass = new TorchPass(_network, 256, Rows, places, weights, 0.3f, torch.CPU);
        var managed = new TrainingPass(_managed, 64);
        Assert.Equal(1, pass.Run(Batch, 64).Total(weights) / managed.Run(Rows, Batch, 64, weights, 0.3f, places).Total(weights), 1e-4);
        var gradients = Values(pass.Gradients);
        foreach (var (name, view) in _managed.Shape.Views.Where(view => view.Value.Offset < _managed.Shape.Trainable))
        {
            Close(managed.Gradients.Slice(view.Offset, view.Length), gradients.AsSpan(view.Offset, view.Length), 1e-3, name);
        }
    }

    [Fact]
    public void Renews_the_running_statistics_as_PyTorch_does()
    {
        using var pass = Pass(new LossWeights(1, 1, 1, 1));
        pass.Run(Batch, 64);
        _network.Write(_managed);
        foreach (var name in _managed.Shape.Views.Keys.Where(name => name.Contains("running", StringComparison.Ordinal)))
        {
            Close(TestFiles.Reference<float>($"autoencoder/after.{name}.npy").Values, _managed[name], 1e-5, name);
        }
    }

    [Fact]
    public void Takes_the_same_five_Adam_steps_as_PyTorch()
    {
        var weights = new LossWeights(1, 1, 1, 0);
        using var pass = Pass(weights);
        using var adam = new TorchAdam(_network.Trainable);
        foreach (var expected in Expected.GetProperty("adam_losses").EnumerateArray())
        {
            Assert.Equal(1, pass.Run(Batch, 64).Total(weights) / expected.GetDouble(), 1e-4);
            adam.Step(pass.Gradients, 1e-3f);
        }

        _network.Write(_managed);
        Close(TestFiles.Reference<float>("autoencoder/after5.encoder.0.weight.npy").Values, _managed["encoder.0.weight"], 1e-4);
        Close(TestFiles.Reference<float>("autoencoder/after5.decoder.9.weight.npy").Values, _managed["decoder.9.weight"], 1e-4);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(48)]
    public void Weights_go_to_libtorch_and_back_without_a_change(int? encoderWidth)
    {
        var shape = new NetworkShape(40, encoderWidth);
        var (from, to) = (new AutoencoderNetwork(shape), new AutoencoderNetwork(shape));
        from.Initialise(new Xoshiro256(3));
        using var network = new TorchNetwork(shape, torch.CPU);
        network.Read(from);
        network.Write(to);
        Assert.Equal(from.Parameters.ToArray(), to.Parameters.ToArray());

        float[] rows = [.. Enumerable.Range(0, 20 * 40).Select(i => MathF.Sin(0.37f * i))];
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        Close(from.Encode(rows), Values(network.Encode(torch.tensor(rows, [20, 40]), training: false)), 1e-5);
    }

    public void Dispose() => _network.Dispose();

    private static float[] Rows => [.. "abc".SelectMany(part => TestFiles.Reference<float>($"autoencoder/{part}.npy").Values)];

    private static int[] Batch => [.. Enumerable.Range(0, 192)];

    private static float[] Values(torch.Tensor tensor) => tensor.data<float>().ToArray();

    private TorchPass Pass(LossWeights weights) => new(_network, 256, Rows, [], weights, 0.3f, torch.CPU);

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
