using OrleansAtlas.Reduction.Autoencoder;
using TorchSharp;
using static TorchSharp.torch;

namespace OrleansAtlas.Torch;

// Why: docs/decisions/torch.md
/// <summary>Steps of a training on a device of libtorch, from the same first numbers and over the same batches as the managed
/// ones.</summary>
internal sealed class TorchSteps : ITrainingSteps
{
    // Triplets in a batch from which on more threads than one are worth it.
    private const int LeastForThreads = 8192;

    private readonly TrainingStart _start;
    private readonly TorchNetwork _network;
    private readonly TorchPass _pass;
    private readonly TorchAdam _adam;

    public TorchSteps(TrainingStart start, Device device)
    {
        _start = start;
        if (device.type == DeviceType.CPU)
        {
            // Threads that share a small product wait for each other longer than they multiply.
            set_num_threads(start.Largest < LeastForThreads ? 1 : Environment.ProcessorCount);
        }

        _network = new TorchNetwork(start.Network.Shape, device);
        _network.Read(start.Network);
        var options = start.Options;
        _pass = new TorchPass(_network, start.Network.Shape.Inputs, start.Rows, start.Places, options.Weights, options.Deviation, device);
        _adam = new TorchAdam(_network.Trainable);
    }

    public ReadOnlySpan<float> Codes => _pass.Codes;

    public int CodeWidth => NetworkShape.Codes;

    public Losses Step(ReadOnlySpan<int> batch, int triplets, float rate)
    {
        var losses = _pass.Run(batch, triplets, _start.Noise);
        _adam.Step(_pass.Gradients, rate);
        return losses;
    }

    public void Finish() => _network.Write(_start.Network);

    public void Dispose()
    {
        _adam.Dispose();
        _pass.Dispose();
        _network.Dispose();
    }
}
