using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Import;

namespace OrleansAtlas.Tests.Import;

public sealed class LiteTests
{
    private static readonly string[] Backbones = ["centernet.mean0", "centernet.mean1", "nanodet.mean0"];

    [Fact]
    public async Task Backbones_give_the_numbers_of_another_conversion()
    {
        var folder = TestModels.TfjsFolder();
        var token = TestContext.Current.CancellationToken;
        var graph = LiteWriter.Write(
            await TfjsGraph.ReadAsync(Path.Combine(folder, "centernet.json"), token),
            await TfjsGraph.ReadAsync(Path.Combine(folder, "nanodet.json"), token));
        Compare(graph.ToBytes());
    }

    private static void Compare(byte[] model)
    {
        using var session = OnnxSessions.Open(model, Environment.ProcessorCount);
        using var input = OrtValue.CreateTensorValueFromMemory(TestModels.Wave(2 * 3 * 224 * 224, 127.5f, 127.5f), [2, 3, 224, 224]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["image"], [input], [.. Backbones, "features"]);
        for (var i = 0; i < Backbones.Length; i++)
        {
            var error = TestModels.RelativeError(outputs[i].GetTensorDataAsSpan<float>(), TestFiles.Reference<float>($"lite/{Backbones[i]}.npy").Values);
            TestContext.Current.TestOutputHelper?.WriteLine($"{Backbones[i]}: relative error {error:e2}");
            Assert.InRange(error, 0, 1e-4);
        }

        // Two squares, each three vectors of length 1 one after the other.
        var features = outputs[3].GetTensorDataAsSpan<float>();
        Assert.Equal(2 * 1504, features.Length);
        Assert.Equal(6, TensorPrimitives.SumOfSquares(features), 1e-4);
    }
}
