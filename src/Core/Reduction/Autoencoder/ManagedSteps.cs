namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>Steps by this library's own passes, on one thread.</summary>
internal sealed class ManagedSteps(TrainingStart start) : ITrainingSteps
{
    private readonly TrainingPass _pass = new(start.Network, start.Largest);
    private readonly Adam _adam = new(start.Network.Shape.Trainable);

    public ReadOnlySpan<float> Codes => _pass.Codes;

    public int CodeWidth => _pass.CodeWidth;

    public Losses Step(ReadOnlySpan<int> batch, int triplets, float rate)
    {
        var options = start.Options;
        var losses = _pass.Run(start.Rows, batch, triplets, options.Weights, options.Deviation, start.Places, start.Noise);
        _adam.Step(start.Network.Parameters[..start.Network.Shape.Trainable], _pass.Gradients, rate);
        return losses;
    }

    public void Finish() { }

    public void Dispose() { }
}
