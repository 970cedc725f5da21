using System.Text.Json;
using OrleansAtlas.Errors;
using OrleansAtlas.Numerics;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Reduction.Pca;
using OrleansAtlas.Reduction.Placement;

namespace OrleansAtlas.Reduction;

/// <summary>Who gives a reduced vector its two numbers in (-1, 1): a trained network, or PCA's first two components where there are
/// too few frames to train one.</summary>
public abstract class Embedder
{
    // Far above what is made: what a damaged header may ask for.
    private const int MostInputs = 1 << 16;
    private const int MostLayers = 64;

    /// <summary>With fewer frames than these, <see cref="PcaEmbedder"/> stands in for the autoencoder.</summary>
    public const int FewestFrames = 50;

    private const string Description = "network.json";
    private const string Numbers = "network.npy";
    private const string Landmarks = "landmarks.npy";

    /// <summary>Numbers a reduced vector has.</summary>
    public abstract int Inputs { get; }

    /// <summary>Codes <c>[n, 2]</c> of reduced vectors <c>[n, Inputs]</c>.</summary>
    public abstract float[] Encode(ReadOnlySpan<float> reduced);

    /// <summary>How far these frames are from those of the training: the median distance to the nearest one, over that between films of the
    /// training (or, where
    /// those have less in common, 0.8 of the distance of any two frames). Up to 1 they fit like one more film of the same kind; null where
    /// nothing is known.</summary>
    /// <param name="reduced">Reduced vectors <c>[n, Inputs]</c>.</param>
    /// <param name="outside">What they lose by being reduced, see <see cref="PcaBasis.Outside"/>, <c>[n]</c>.</param>
    /// <param name="variance">Of the training frames in all dimensions, see <see cref="PcaBasis.RelativeVariance"/>.</param>
    public abstract double? Drift(ReadOnlySpan<float> reduced, ReadOnlySpan<float> outside, double variance);

    /// <summary>As files: names and contents.</summary>
    public abstract IReadOnlyDictionary<string, byte[]> ToFiles();

    /// <summary>Reads what <see cref="ToFiles"/> gave.</summary>
    /// <param name="files">By the same names.</param>
    /// <exception cref="DamagedFileException">Not such files.</exception>
    public static Embedder Parse(IReadOnlyDictionary<string, byte[]> files)
    {
        var about = ParseHeader(files);
        switch (about?.Kind)
        {
            case PcaEmbedder.Kind:
                return new PcaEmbedder(about.Inputs, about.Value);
            case AutoencoderEmbedder.Kind:
                var shape = new NetworkShape(about.Inputs, about.EncoderWidth, about.EncoderLayers);
                var values = Npy.Parse<float>(files[Numbers]).Values;
                if (values.Length != shape.Total)
                {
                    throw new DamagedFileException(
                        $"{Numbers} holds {values.Length} numbers; such a network of {about.Inputs} inputs has {shape.Total}."
                    );
                }

                var network = new AutoencoderNetwork(shape);
                values.CopyTo(network.Parameters);
                var landmarks = Placement.Landmarks.Parse(files[Landmarks], about.Reach, about.Spacing ?? double.PositiveInfinity);
                return new AutoencoderEmbedder(network, about.Value, landmarks, about.Neighbours);
            default:
                throw new DamagedFileException(
                    $"{Description} names the kind '{about?.Kind}'; this program reads '{AutoencoderEmbedder.Kind}' and "
                        + $"'{PcaEmbedder.Kind}'."
                );
        }
    }

    private static Header? ParseHeader(IReadOnlyDictionary<string, byte[]> files)
    {
        try
        {
            return
                JsonSerializer.Deserialize<Header>(files[Description])
                    is {
                        Inputs: > 0 and <= MostInputs,
                        EncoderWidth: null or (>= 0 and <= MostInputs),
                        EncoderLayers: >= 0 and <= MostLayers
                    } header
                ? header
                : throw new DamagedFileException($"{Description} names no network that this program makes.");
        }
        catch (JsonException error)
        {
            throw new DamagedFileException($"{Description} cannot be read: {error.Message}", error);
        }
    }

    private protected static Dictionary<string, byte[]> Files(PcaEmbedder code, double extent) =>
        new()
        {
            [Description] = JsonSerializer.SerializeToUtf8Bytes(new Header(PcaEmbedder.Kind, code.Inputs, extent, null, 0, 0, 0, null)),
        };

    private protected static Dictionary<string, byte[]> Files(AutoencoderEmbedder code, Landmarks landmarks, int neighbours)
    {
        var (shape, spacing) = (code.Network.Shape, double.IsFinite(landmarks.Spacing) ? landmarks.Spacing : (double?)null);
        var header = new Header(
            AutoencoderEmbedder.Kind,
            shape.Inputs,
            code.TrainingError,
            shape.EncoderWidth,
            shape.Encoder.Count - 2,
            neighbours,
            landmarks.Reach,
            spacing
        );
        return new()
        {
            [Description] = JsonSerializer.SerializeToUtf8Bytes(header),
            [Numbers] = Npy.ToBytes<float>(code.Network.Parameters, shape.Total),
            [Landmarks] = landmarks.ToBytes(),
        };
    }

    private sealed record Header(
        string Kind,
        int Inputs,
        double Value,
        int? EncoderWidth,
        int EncoderLayers,
        int Neighbours,
        double Reach,
        double? Spacing
    );
}
