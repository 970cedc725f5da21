namespace OrleansAtlas.Reduction;

/// <summary>What the pass needs to know of one layer: widths, whether ELU and batch normalisation follow the dense part,
/// and where its numbers lie in the parameter buffer.</summary>
internal sealed record DenseLayer(int Inputs, int Outputs, bool Hidden, int Weight, int Bias, int Gamma, int Beta, int RunningMean, int RunningVariance)
{
    public static DenseLayer[] Of(NetworkShape shape, string net)
    {
        var widths = net == "encoder" ? shape.Encoder : shape.Decoder;
        return [.. Enumerable.Range(0, widths.Count - 1).Select(i => Of(shape, net, i, widths))];
    }

    private static DenseLayer Of(NetworkShape shape, string net, int layer, IReadOnlyList<int> widths)
    {
        var hidden = layer + 2 < widths.Count;
        int Offset(int index, string name) => shape.Views[$"{net}.{index}.{name}"].Offset;
        int Norm(string name) => hidden ? Offset((3 * layer) + 2, name) : -1;
        return new DenseLayer(
            widths[layer], widths[layer + 1], hidden,
            Offset(3 * layer, "weight"), Offset(3 * layer, "bias"),
            Norm("weight"), Norm("bias"), Norm("running_mean"), Norm("running_var"));
    }
}
