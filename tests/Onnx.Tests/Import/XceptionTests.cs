using Microsoft.ML.OnnxRuntime;
using OrleansAtlas.Onnx;
using OrleansAtlas.Onnx.Import;

namespace OrleansAtlas.Tests.Import;

public sealed class XceptionTests
{
    [Fact]
    public void Weights_of_Keras_give_the_numbers_of_another_implementation()
    {
        var weights = new KerasWeights(File.ReadAllBytes(TestFiles.Shared("models", "xception_random_keras.h5")));
        using var session = OnnxSessions.Open(XceptionWriter.Write(weights), Environment.ProcessorCount);
        using var input = OrtValue.CreateTensorValueFromMemory(TestModels.Wave(2 * 3 * 299 * 299, 0, 1), [2, 3, 299, 299]);
        using var run = new RunOptions();
        using var output = session.Run(run, ["image"], [input], ["features"]);
        var error = TestModels.RelativeError(
            output[0].GetTensorDataAsSpan<float>(),
            TestFiles.Reference<float>("xception/output.npy").Values
        );
        TestContext.Current.TestOutputHelper?.WriteLine($"relative error {error:e2}");
        Assert.InRange(error, 0, 1e-5);
    }
}
