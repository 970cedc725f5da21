using OrleansAtlas.Numerics;

namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>A network that squeezes a reduced vector into two numbers in (-1, 1) and back: for 256 numbers
/// 256-50-10-2-6-22-76-256. Each hidden layer is Dense + ELU + BatchNorm, the codes are Dense + tanh, the output Dense. A wide encoder's
/// hidden layers are Dense + ReLU.</summary>
public sealed class AutoencoderNetwork
{
    private readonly AlignedBuffer _parameters;

    /// <summary>A network whose numbers are all zero; see <see cref="Initialise"/>.</summary>
    public AutoencoderNetwork(NetworkShape shape)
    {
        Shape = shape;
        _parameters = new AlignedBuffer(shape.Total);
    }

    /// <summary>Widths and the places of the named arrays.</summary>
    public NetworkShape Shape { get; }

    /// <summary>All its numbers in the order of <see cref="NetworkShape.Views"/>.</summary>
    public Span<float> Parameters => _parameters.Span;

    /// <summary>A named array, to read or to fill.</summary>
    public Span<float> this[string name] => Parameters.Slice(Shape.Views[name].Offset, Shape.Views[name].Length);

    internal unsafe float* Pointer => _parameters.Pointer;

    /// <summary>Fresh weights, Glorot's uniform ones as Keras uses (bound <c>sqrt(6 / (in + out))</c>); biases 0, scales and running
    /// variances 1.</summary>
    public void Initialise(Xoshiro256 random)
    {
        foreach (var (name, view) in Shape.Views)
        {
            var values = this[name];
            if (view.Shape.Count == 2)
            {
                var bound = MathF.Sqrt(6f / (view.Shape[0] + view.Shape[1]));
                foreach (ref var value in values)
                {
                    value = bound * ((2 * random.NextSingle()) - 1);
                }
            }
            else
            {
                values.Fill(
                    name.EndsWith(".weight", StringComparison.Ordinal) || name.EndsWith("running_var", StringComparison.Ordinal) ? 1 : 0
                );
            }
        }
    }

    /// <summary>Codes <c>[n, 2]</c> in (-1, 1) of reduced vectors <c>[n, inputs]</c>, with the running statistics. A vector's code
    /// does not depend on the others beside it.</summary>
    public float[] Encode(ReadOnlySpan<float> rows) => Run(rows, "encoder", Shape.Inputs, NetworkShape.Codes, tanh: true);

    /// <summary>Reconstructions <c>[n, inputs]</c> of codes <c>[n, 2]</c>, with the running statistics.</summary>
    public float[] Decode(ReadOnlySpan<float> codes) => Run(codes, "decoder", NetworkShape.Codes, Shape.Inputs, tanh: false);

    /// <summary>For each of <c>[n, inputs]</c>, the mean squared difference from its reconstruction.</summary>
    public float[] Errors(ReadOnlySpan<float> rows)
    {
        var output = Decode(Encode(rows));
        var errors = new float[rows.Length / Shape.Inputs];
        for (var i = 0; i < errors.Length; i++)
        {
            var at = i * Shape.Inputs;
            errors[i] = Distance.Squared(rows.Slice(at, Shape.Inputs), output.AsSpan(at, Shape.Inputs)) / Shape.Inputs;
        }

        return errors;
    }

    private unsafe float[] Run(ReadOnlySpan<float> rows, string net, int inputs, int outputs, bool tanh)
    {
        const int Block = 1024;
        if (rows.Length % inputs != 0)
        {
            throw new ArgumentException($"{rows.Length} numbers are no whole rows of {inputs}, which this network takes.", nameof(rows));
        }

        var count = rows.Length / inputs;
        var result = new float[count * outputs];
        var pass = new NetworkPass(DenseLayer.Of(Shape, net), Math.Min(count, Block));
        fixed (float* input = rows)
        {
            for (var start = 0; start < count; start += Block)
            {
                var n = Math.Min(Block, count - start);
                pass.Forward(input + ((nint)start * inputs), inputs, n, Pointer, training: false);
                for (var i = 0; i < n; i++)
                {
                    var row = new ReadOnlySpan<float>(pass.Output + (i * pass.Width), outputs);
                    var to = result.AsSpan((start + i) * outputs, outputs);
                    row.CopyTo(to);
                    if (tanh)
                    {
                        NetworkPass.Tanh(to);
                    }
                }
            }
        }

        return result;
    }
}
