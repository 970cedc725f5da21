namespace OrleansAtlas.Onnx.Import;

/// <summary>Weights of a Keras model by layer: one group a layer, their order in the root's <c>layer_names</c>, each layer's arrays in its <c>weight_names</c>.</summary>
internal sealed class KerasWeights(Hdf5Reader file)
{
    /// <summary>Names of the layers in the order of the model.</summary>
    public string[] Layers { get; } = file.Strings("", "layer_names");

    /// <summary>An array of a layer.</summary>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="name">End of the array's name without <c>:0</c>, e.g. <c>kernel</c>.</param>
    /// <param name="shape">The shape it must have.</param>
    /// <exception cref="InvalidDataException">There is none, or it has another shape.</exception>
    public float[] Get(string layer, string name, params ReadOnlySpan<int> shape)
    {
        if (!Layers.Contains(layer))
        {
            throw new InvalidDataException($"The weights file has no layer '{layer}': it is not of the model that is being made.");
        }

        var path = file.Strings(layer, "weight_names").FirstOrDefault(weight => weight.Split('/')[^1].Split(':')[0] == name)
            ?? throw new InvalidDataException($"Layer '{layer}' of the weights file has no '{name}'.");
        var (values, found) = file.Floats($"{layer}/{path}");
        return shape.SequenceEqual(found)
            ? values
            : throw new InvalidDataException($"'{path}' of the weights file is [{string.Join(", ", found)}], expected [{string.Join(", ", shape.ToArray())}].");
    }
}
