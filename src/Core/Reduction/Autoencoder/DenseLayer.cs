namespace OrleansAtlas.Reduction.Autoencoder;

/// <summary>What follows the dense part of a layer.</summary>
internal enum LayerKind
{
    /// <summary>Nothing: the last layer.</summary>
    Last,

    /// <summary>ELU and batch normalisation, as the article has it.</summary>
    Normalised,

    /// <summary>Negative values become 0.</summary>
    Rectified,
}

/// <summary>What the pass needs to know of one layer: widths, what follows the dense part,
/// and where its numbers lie in the parameter buffer.</summary>
internal sealed record DenseLayer(
    int Inputs,
    int Outputs,
    LayerKind Kind,
    int Weight,
    int Bias,
    int Gamma,
    int Beta,
    int RunningMean,
    int RunningVariance
)
{
    public static DenseLayer[] Of(NetworkShape shape, string net)
    {
        var widths = net == "encoder" ? shape.Encoder : shape.Decoder;
        return [.. Enumerable.Range(0, widths.Count - 1).Select(i => Of(shape, net, i, widths))];
    }

    private static DenseLayer Of(NetworkShape shape, string net, int layer, IReadOnlyList<int> widths)
    {
        var kind =
            layer + 2 == widths.Count ? LayerKind.Last
            : net == "encoder" && shape.EncoderWidth is not null ? LayerKind.Rectified
            : LayerKind.Normalised;
        int Offset(int index, string name) => shape.Views[$"{net}.{index}.{name}"].Offset;
        int Norm(string name) => kind == LayerKind.Normalised ? Offset((3 * layer) + 2, name) : -1;
        return new DenseLayer(
            widths[layer],
            widths[layer + 1],
            kind,
            Offset(3 * layer, "weight"),
            Offset(3 * layer, "bias"),
            Norm("weight"),
            Norm("bias"),
            Norm("running_mean"),
            Norm("running_var")
        );
    }
}
