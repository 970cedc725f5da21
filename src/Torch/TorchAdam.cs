using OrleansAtlas.Reduction.Autoencoder;
using static TorchSharp.torch;

namespace OrleansAtlas.Torch;

/// <summary>The steps of <see cref="Adam"/> over one tensor.</summary>
internal sealed class TorchAdam(Tensor parameters) : IDisposable
{
    private readonly Tensor _mean = zeros_like(parameters);
    private readonly Tensor _square = zeros_like(parameters);
    private int _steps;

    /// <summary>One step against the gradients.</summary>
    public void Step(Tensor gradients, float rate)
    {
        using var scope = NewDisposeScope();
        using var fixedNumbers = no_grad();
        _steps++;
        var step = rate / (1 - Math.Pow(Adam.Beta1, _steps));
        var root = 1 / Math.Sqrt(1 - Math.Pow(Adam.Beta2, _steps));
        _mean.mul_(Adam.Beta1).add_(gradients, 1 - Adam.Beta1);
        _square.mul_(Adam.Beta2).addcmul_(gradients, gradients, 1 - Adam.Beta2);
        parameters.addcdiv_(_mean, _square.sqrt().mul_(root).add_(Adam.Epsilon), -step);
    }

    public void Dispose()
    {
        _mean.Dispose();
        _square.Dispose();
    }
}
