using OrleansAtlas.Reduction.Autoencoder;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace OrleansAtlas.Torch;

/// <summary>The autoencoder on a device of libtorch. Its numbers are one tensor, laid out as <see cref="NetworkShape.Views"/> says, so
/// that weights go from and to <see cref="AutoencoderNetwork"/> as they are; layers look at parts of it.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly Tensor _all;
    private readonly Dictionary<string, Tensor> _views = [];
    private readonly DenseLayer[] _encoder;
    private readonly DenseLayer[] _decoder;

    /// <param name="shape">Widths.</param>
    /// <param name="device">Where it is to be.</param>
    public TorchNetwork(NetworkShape shape, Device device)
    {
        _all = zeros(shape.Total, device: device);
        Trainable = _all.narrow(0, 0, shape.Trainable);
        foreach (var (name, view) in shape.Views)
        {
            var part = _all.narrow(0, view.Offset, view.Length).view([.. view.Shape.Select(n => (long)n)]);
            _views[name] = view.Offset < shape.Trainable ? part.detach().requires_grad_(true) : part;
        }

        // In the order of the parameters.
        Leaves = [.. shape.Views.Where(view => view.Value.Offset < shape.Trainable).Select(view => _views[view.Key])];
        (_encoder, _decoder) = (DenseLayer.Of(shape, "encoder"), DenseLayer.Of(shape, "decoder"));
    }

    /// <summary>All numbers that training changes by gradient, <c>[Trainable]</c>.</summary>
    public Tensor Trainable { get; }

    /// <summary>The named arrays of <see cref="Trainable"/>, which gradients are asked for.</summary>
    public IList<Tensor> Leaves { get; }

    /// <summary>Takes the numbers of a network of the same shape.</summary>
    public void Read(AutoencoderNetwork network)
    {
        using var scope = NewDisposeScope();
        using var fixedNumbers = no_grad();
        _all.copy_(tensor(network.Parameters.ToArray()));
    }

    /// <summary>Gives the numbers to a network of the same shape.</summary>
    public void Write(AutoencoderNetwork network)
    {
        using var scope = NewDisposeScope();
        _all.detach().cpu().data<float>().CopyTo(network.Parameters);
    }

    /// <summary>Codes <c>[n, 2]</c> of vectors <c>[n, inputs]</c>.</summary>
    public Tensor Encode(Tensor rows, bool training) => tanh(Run("encoder", _encoder, rows, training));

    /// <summary>Reconstructions <c>[n, inputs]</c> of codes <c>[n, 2]</c>.</summary>
    public Tensor Decode(Tensor codes, bool training) => Run("decoder", _decoder, codes, training);

    public void Dispose()
    {
        foreach (var view in _views.Values)
        {
            view.Dispose();
        }

        Trainable.Dispose();
        _all.Dispose();
    }

    private Tensor Run(string net, DenseLayer[] layers, Tensor rows, bool training)
    {
        for (var i = 0; i < layers.Length; i++)
        {
            rows = F.linear(rows, _views[$"{net}.{3 * i}.weight"], _views[$"{net}.{3 * i}.bias"]);
            var norm = $"{net}.{(3 * i) + 2}";
            rows = layers[i].Kind switch
            {
                LayerKind.Rectified => rows.relu(),
                LayerKind.Normalised => F.batch_norm(
                    F.elu(rows, 1),
                    _views[$"{norm}.running_mean"],
                    _views[$"{norm}.running_var"],
                    _views[$"{norm}.weight"],
                    _views[$"{norm}.bias"],
                    training,
                    LayerPass.Renewal,
                    LayerPass.Epsilon
                ),
                _ => rows,
            };
        }

        return rows;
    }
}
