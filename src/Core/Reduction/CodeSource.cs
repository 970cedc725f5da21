using System.Text.Json;
using OrleansAtlas.Store;

namespace OrleansAtlas.Reduction;

/// <summary>Who gives a reduced vector its two numbers in (-1, 1): a trained network, or PCA's first two components where there are
/// too few frames to train one.</summary>
public abstract class CodeSource
{
    /// <summary>With fewer frames than these, <see cref="PcaCode"/> stands in for the autoencoder.</summary>
    public const int FewestFrames = 50;

    private const string Description = "network.json";
    private const string Numbers = "network.npy";

    /// <summary>Numbers a reduced vector has.</summary>
    public abstract int Inputs { get; }

    /// <summary>Codes <c>[n, 2]</c> of reduced vectors <c>[n, Inputs]</c>.</summary>
    public abstract float[] Encode(ReadOnlySpan<float> reduced);

    /// <summary>How much worse these vectors are reconstructed than those of the training: 1 the same, above 1 worse; null where nothing reconstructs.</summary>
    public abstract double? Drift(ReadOnlySpan<float> reduced);

    /// <summary>As files: names and contents.</summary>
    public abstract IReadOnlyDictionary<string, byte[]> ToFiles();

    /// <summary>Reads what <see cref="ToFiles"/> gave.</summary>
    /// <param name="files">By the same names.</param>
    /// <exception cref="InvalidDataException">Not such files.</exception>
    public static CodeSource Parse(IReadOnlyDictionary<string, byte[]> files)
    {
        var about = JsonSerializer.Deserialize<Header>(files[Description]);
        switch (about?.Kind)
        {
            case PcaCode.Kind:
                return new PcaCode(about.Inputs, about.Value);
            case AutoencoderCode.Kind:
                var network = new Autoencoder(new NetworkShape(about.Inputs, about.EncoderWidth, about.EncoderLayers));
                var values = Npy.Parse<float>(files[Numbers]).Values;
                if (values.Length != network.Shape.Total)
                {
                    throw new InvalidDataException($"{Numbers} holds {values.Length} numbers; such a network of {about.Inputs} inputs has {network.Shape.Total}.");
                }

                values.CopyTo(network.Parameters);
                return new AutoencoderCode(network, about.Value);
            default:
                throw new InvalidDataException($"{Description} names the kind '{about?.Kind}'; this program reads '{AutoencoderCode.Kind}' and '{PcaCode.Kind}'.");
        }
    }

    private protected static Dictionary<string, byte[]> Files(string kind, int inputs, double value, Autoencoder? network)
    {
        var files = new Dictionary<string, byte[]> { [Description] = JsonSerializer.SerializeToUtf8Bytes(new Header(kind, inputs, value, network?.Shape.EncoderWidth, (network?.Shape.Encoder.Count ?? 2) - 2)) };
        if (network is not null)
        {
            files[Numbers] = Npy.ToBytes<float>(network.Parameters, network.Parameters.Length);
        }

        return files;
    }

    private sealed record Header(string Kind, int Inputs, double Value, int? EncoderWidth, int EncoderLayers);
}

/// <summary>The codes of a trained network.</summary>
public sealed class AutoencoderCode(Autoencoder network, double trainingError) : CodeSource
{
    internal const string Kind = "autoencoder";

    /// <summary>The network.</summary>
    public Autoencoder Network => network;

    /// <summary>Mean squared error of the training frames' reconstruction.</summary>
    public double TrainingError => trainingError;

    /// <inheritdoc/>
    public override int Inputs => network.Shape.Inputs;

    /// <inheritdoc/>
    public override float[] Encode(ReadOnlySpan<float> reduced) => network.Encode(reduced);

    /// <inheritdoc/>
    public override double? Drift(ReadOnlySpan<float> reduced) =>
        reduced.IsEmpty || trainingError <= 0 ? null : network.Errors(reduced).Average(error => (double)error) / trainingError;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, byte[]> ToFiles() => Files(Kind, Inputs, trainingError, network);
}

/// <summary>The first two components, divided by one number so that the frames they were made from fit into (-1, 1).</summary>
/// <param name="inputs">Numbers a reduced vector has; where it is 1, the second code is 0.</param>
/// <param name="extent">What they are divided by.</param>
public sealed class PcaCode(int inputs, double extent) : CodeSource
{
    internal const string Kind = "pca";
    private const float Edge = 0.999f;

    /// <summary>Fits to these reduced vectors <c>[n, inputs]</c>.</summary>
    public static PcaCode From(ReadOnlySpan<float> reduced, int inputs)
    {
        var largest = 0f;
        for (var i = 0; i < reduced.Length; i += inputs)
        {
            foreach (var value in reduced.Slice(i, Math.Min(inputs, NetworkShape.Codes)))
            {
                largest = Math.Max(largest, Math.Abs(value));
            }
        }

        return new PcaCode(inputs, largest > 0 ? largest * 1.1 : 1);
    }

    /// <inheritdoc/>
    public override int Inputs => inputs;

    /// <inheritdoc/>
    public override float[] Encode(ReadOnlySpan<float> reduced)
    {
        var codes = new float[reduced.Length / inputs * NetworkShape.Codes];
        for (var i = 0; i < codes.Length; i++)
        {
            var (row, column) = (i / NetworkShape.Codes, i % NetworkShape.Codes);
            codes[i] = column < inputs ? Math.Clamp((float)(reduced[(row * inputs) + column] / extent), -Edge, Edge) : 0;
        }

        return codes;
    }

    /// <inheritdoc/>
    public override double? Drift(ReadOnlySpan<float> reduced) => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, byte[]> ToFiles() => Files(Kind, inputs, extent, null);
}
