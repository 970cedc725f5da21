using System.Numerics.Tensors;
using System.Runtime.Intrinsics.X86;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>Losses and gradients of a batch of up to a number of triplets: one encoder pass over the stacked rows
/// [a; b; c], one decoder pass over the codes of a, and back.</summary>
public sealed unsafe class TrainingPass
{
    private const int Ahead = 2;
    private readonly AutoencoderNetwork _network;
    private readonly NetworkPass _encoder;
    private readonly NetworkPass _decoder;
    private readonly AlignedBuffer _input;
    private readonly AlignedBuffer _codes;
    private readonly AlignedBuffer _gradients;
    private readonly float[] _targets;
    private readonly int _inputs;
    private readonly int _width;
    private readonly int _outputWidth;

    /// <param name="network">Its running statistics are renewed by every batch; its parameters are only read.</param>
    /// <param name="triplets">The largest batch.</param>
    public TrainingPass(AutoencoderNetwork network, int triplets)
    {
        _network = network;
        _inputs = network.Shape.Inputs;
        _width = AlignedBuffer.Spread(_inputs);
        _outputWidth = AlignedBuffer.Padded(_inputs);
        _encoder = new NetworkPass(DenseLayer.Of(network.Shape, "encoder"), 3 * triplets);
        _decoder = new NetworkPass(DenseLayer.Of(network.Shape, "decoder"), triplets);
        _input = new AlignedBuffer(3 * triplets * _width);
        _codes = new AlignedBuffer(3 * triplets * _encoder.Width);
        _gradients = new AlignedBuffer(network.Shape.Trainable);
        _targets = new float[triplets];
    }

    /// <summary>Gradients of the last batch, laid out as the trainable parameters.</summary>
    public Span<float> Gradients => _gradients.Span;

    /// <summary>Codes of the last batch; for each row the padded width apart.</summary>
    public ReadOnlySpan<float> Codes => _codes.Span;

    /// <summary>Floats from one row of <see cref="Codes"/> to the next.</summary>
    public int CodeWidth => _encoder.Width;

    /// <summary>One batch: its losses; its gradients are then in <see cref="Gradients"/>.</summary>
    /// <param name="rows">All reduced vectors <c>[n, inputs]</c>.</param>
    /// <param name="batch">Indices of all a; then, where a term needs them, of all b and all c.</param>
    /// <param name="triplets">How many a.</param>
    /// <param name="weights">Weights of the terms, in the gradients; the losses returned are unweighted.</param>
    /// <param name="target">Deviation the codes should have.</param>
    /// <param name="places">Places <c>[n, 2]</c> of all frames in the layout of neighbours; empty where that term's weight is 0.</param>
    /// <param name="noise">Added to what the encoder sees; the losses are those by the frames themselves.</param>
    public Losses Run(
        ReadOnlySpan<float> rows,
        ReadOnlySpan<int> batch,
        int triplets,
        LossWeights weights,
        float target,
        ReadOnlySpan<float> places = default,
        InputNoise? noise = null
    )
    {
        Gather(rows, batch, triplets, weights.NeedsLogRatios, noise);
        var parameters = _network.Pointer;
        _encoder.Forward(_input.Pointer, _width, batch.Length, parameters, training: true);
        for (var r = 0; r < batch.Length; r++)
        {
            var code = new Span<float>(_codes.Pointer + (r * _encoder.Width), NetworkShape.Codes);
            new ReadOnlySpan<float>(_encoder.Output + (r * _encoder.Width), NetworkShape.Codes).CopyTo(code);
            NetworkPass.Tanh(code);
        }

        _decoder.Forward(_codes.Pointer, _encoder.Width, triplets, parameters, training: true);
        var reconstruction = Reconstruction(rows, batch[..triplets], weights.Reconstruction);
        var byCodes = _encoder.OutputGradient;
        new Span<float>(byCodes, batch.Length * _encoder.Width).Clear();
        _decoder.Backward(_codes.Pointer, _encoder.Width, triplets, parameters, _gradients.Pointer, byCodes);

        var losses = new Losses(
            reconstruction,
            LatentLosses.Activity(_codes.Pointer, byCodes, _encoder.Width, batch.Length, target, weights.Activity),
            weights.LogRatio == 0
                ? 0
                : LogRatioLosses.Difference(_codes.Pointer, byCodes, _encoder.Width, _targets.AsSpan(0, triplets), weights.LogRatio),
            weights.Temporal == 0 ? 0 : LatentLosses.Temporal(_codes.Pointer, byCodes, _encoder.Width, triplets, weights.Temporal),
            weights.Layout == 0
                ? 0
                : LatentLosses.Layout(_codes.Pointer, byCodes, _encoder.Width, batch[..triplets], places, target, weights.Layout),
            weights.Correlation == 0
                ? 0
                : LogRatioLosses.Correlation(_codes.Pointer, byCodes, _encoder.Width, _targets.AsSpan(0, triplets), weights.Correlation)
        );

        for (nint at = 0, end = batch.Length * _encoder.Width; at < end; at += _encoder.Width)
        {
            for (var d = at; d < at + NetworkShape.Codes; d++)
            {
                byCodes[d] *= 1 - (_codes.Pointer[d] * _codes.Pointer[d]);
            }
        }

        _encoder.Backward(_input.Pointer, _width, batch.Length, parameters, _gradients.Pointer, null);
        return losses;
    }

    // A triplet's vectors come together, so that its target is found while they are in the first-level cache.
    private void Gather(ReadOnlySpan<float> rows, ReadOnlySpan<int> batch, int triplets, bool logRatios, InputNoise? noise)
    {
        for (var t = 0; t < triplets; t++)
        {
            for (var r = t; r < batch.Length; r += triplets)
            {
                Prefetch(rows, batch, r + Ahead);
                var row = _input.Span.Slice(r * _width, _inputs);
                rows.Slice(batch[r] * _inputs, _inputs).CopyTo(row);
                noise?.AddTo(row);
            }

            if (logRatios)
            {
                var b = rows.Slice(batch[triplets + t] * _inputs, _inputs);
                var (ab, bc) = (
                    Distance.Squared(rows.Slice(batch[t] * _inputs, _inputs), b),
                    Distance.Squared(b, rows.Slice(batch[(2 * triplets) + t] * _inputs, _inputs))
                );
                _targets[t] = MathF.Log((LogRatioLosses.Epsilon + ab) / (LogRatioLosses.Epsilon + bc));
            }
        }
    }

    // Vectors lie anywhere, which the processor cannot foresee.
    private void Prefetch(ReadOnlySpan<float> rows, ReadOnlySpan<int> batch, int r)
    {
        if (Sse.IsSupported && r < batch.Length)
        {
            fixed (float* row = rows.Slice(batch[r] * _inputs, _inputs))
            {
                for (var at = 0; at < _inputs; at += 16)
                {
                    Sse.Prefetch0(row + at);
                }
            }
        }
    }

    private double Reconstruction(ReadOnlySpan<float> rows, ReadOnlySpan<int> frames, float weight)
    {
        var (loss, triplets) = (0.0, frames.Length);
        var scale = 2 * weight / ((float)triplets * _inputs);
        for (var r = 0; r < triplets; r++)
        {
            var gradient = new Span<float>(_decoder.OutputGradient + (r * _outputWidth), _inputs);
            TensorPrimitives.Subtract(
                new ReadOnlySpan<float>(_decoder.Output + (r * _outputWidth), _inputs),
                rows.Slice(frames[r] * _inputs, _inputs),
                gradient
            );
            loss += TensorPrimitives.SumOfSquares(gradient);
            TensorPrimitives.Multiply(gradient, scale, gradient);
        }

        return loss / ((double)triplets * _inputs);
    }
}
