using OrleansAtlas.Reduction.Autoencoder;
using static TorchSharp.torch;

namespace OrleansAtlas.Torch;

/// <summary>Losses and gradients of a batch: one encoder pass over the stacked rows [a; b; c], one decoder pass over the codes of a, and
/// back.</summary>
internal sealed class TorchPass : IDisposable
{
    private readonly TorchNetwork _network;
    private readonly Device _device;
    private readonly Tensor _rows;
    private readonly Tensor? _places;
    private readonly LossWeights _weights;
    private readonly float _target;
    private readonly int _inputs;

    /// <param name="network">Its running statistics are renewed by every batch; its parameters are only read.</param>
    /// <param name="inputs">Numbers a vector has.</param>
    /// <param name="rows">All reduced vectors <c>[n, inputs]</c>; they are held on the device.</param>
    /// <param name="places">Places <c>[n, 2]</c> of all frames; empty where that term's weight is 0.</param>
    /// <param name="weights">Weights of the terms, in the gradients; the losses returned are unweighted.</param>
    /// <param name="target">Deviation the codes should have.</param>
    /// <param name="device">Where to compute.</param>
    public TorchPass(TorchNetwork network, int inputs, float[] rows, float[] places, LossWeights weights, float target, Device device)
    {
        (_network, _inputs, _weights, _target, _device) = (network, inputs, weights, target, device);
        _rows = tensor(rows, [rows.Length / inputs, inputs], device: device);
        _places = places.Length > 0 ? tensor(places, [places.Length / NetworkShape.Codes, NetworkShape.Codes], device: device) : null;
        Gradients = zeros(1, device: device);
    }

    /// <summary>Gradients of the last batch, laid out as the trainable parameters; on the device.</summary>
    public Tensor Gradients { get; private set; }

    /// <summary>Codes <c>[n, 2]</c> of the last batch.</summary>
    public float[] Codes { get; private set; } = [];

    /// <summary>One batch: its losses; its gradients are then in <see cref="Gradients"/>.</summary>
    /// <param name="batch">Indices of all a; then, where a term needs them, of all b and all c.</param>
    /// <param name="triplets">How many a.</param>
    /// <param name="noise">Added to what the encoder sees; null for none.</param>
    public Losses Run(ReadOnlySpan<int> batch, int triplets, InputNoise? noise = null)
    {
        using var scope = NewDisposeScope();
        var indices = tensor(batch.ToArray(), device: _device);
        var rows = _rows.index_select(0, indices);
        var codes = _network.Encode(noise is { Adds: true } ? rows + Noise(noise, batch.Length, triplets) : rows, training: true);
        var (a, za) = (rows.narrow(0, 0, triplets), codes.narrow(0, 0, triplets));
        var none = zeros([], device: _device);
        var (ofRows, ofCodes) = _weights.NeedsTriplets ? (rows.split(triplets), codes.split(triplets)) : ([], []);
        Tensor[] terms =
        [
            TorchLosses.Reconstruction(_network.Decode(za, training: true), a),
            TorchLosses.Activity(codes, _target),
            _weights.LogRatio == 0 ? none : TorchLosses.LogRatio(ofRows, ofCodes),
            _weights.Temporal == 0 ? none : TorchLosses.Temporal(ofCodes),
            _weights.Layout == 0 || _places is null
                ? none
                : TorchLosses.Layout(za, _places.index_select(0, indices.narrow(0, 0, triplets)), _target),
            _weights.Correlation == 0 ? none : TorchLosses.Correlation(ofRows, ofCodes),
        ];
        float[] weights =
        [
            _weights.Reconstruction,
            _weights.Activity,
            _weights.LogRatio,
            _weights.Temporal,
            _weights.Layout,
            _weights.Correlation,
        ];
        var total = terms.Zip(weights).Where(term => term.Second != 0).Select(term => term.First * term.Second).Aggregate((x, y) => x + y);
        var gradients = autograd.grad([total], _network.Leaves, allow_unused: true);
        var old = Gradients;
        Gradients = cat([.. gradients.Select((gradient, i) => Flat(gradient, _network.Leaves[i]))]).DetachFromDisposeScope();
        old.Dispose();

        // Everything that is asked back comes in one copy: a device is waited for once.
        var back = cat([stack(terms).detach(), codes.detach().flatten()]).cpu().data<float>().ToArray();
        Codes = back[terms.Length..];
        return new Losses(back[0], back[1], back[2], back[3], back[4], back[5]);
    }

    public void Dispose()
    {
        Gradients.Dispose();
        _places?.Dispose();
        _rows.Dispose();
    }

    // What a term does not depend on has no gradient.
    private static Tensor Flat(Tensor? gradient, Tensor of) =>
        gradient is null || gradient.IsInvalid ? zeros_like(of).flatten() : gradient.flatten();

    /// <summary>The numbers that the managed pass adds, in its order: a, b and c of one triplet after the other.</summary>
    private Tensor Noise(InputNoise noise, int count, int triplets)
    {
        var values = new float[count * _inputs];
        for (var t = 0; t < triplets; t++)
        {
            for (var r = t; r < count; r += triplets)
            {
                noise.AddTo(values.AsSpan(r * _inputs, _inputs));
            }
        }

        return tensor(values, [count, _inputs], device: _device);
    }
}
