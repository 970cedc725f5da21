using Microsoft.ML.OnnxRuntime;
using OrleansAtlas.Features;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Bench;

/// <summary>The yardstick: ONNX Runtime as its documentation calls it, on the same provider, with the same batch and as many calls at
/// once.</summary>
internal static class Plain
{
    public static double ImagesPerSecond(ModelFile model, string provider, int batch, int calls)
    {
        using var options = new SessionOptions { IntraOpNumThreads = Math.Max(1, Environment.ProcessorCount / calls) };
        if (provider == "cuda")
        {
            options.AppendExecutionProvider_CUDA(0);
        }

        using var session = new InferenceSession(model.Path, options);
        using var run = new RunOptions();
        var side = model.Card.InputSize;
        long[] shape = model.Card.Layout == TensorLayout.Nchw ? [batch, 3, side, side] : [batch, side, side, 3];
        return Rate.Of(
            calls,
            batch,
            () =>
            {
                var input = OrtValue.CreateTensorValueFromMemory(new float[batch * 3 * side * side], shape);
                return () => session.Run(run, session.InputNames.Take(1).ToList(), [input], session.OutputNames.Take(1).ToList()).Dispose();
            }
        );
    }
}
