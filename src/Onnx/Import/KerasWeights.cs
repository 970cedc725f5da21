using OrleansAtlas.Errors;
using PureHDF;

namespace OrleansAtlas.Onnx.Import;

/// <summary>Weights of a Keras model by layer, in an HDF5 file: one group a layer, their order in the root's <c>layer_names</c>,
/// each layer's arrays in its <c>weight_names</c>.</summary>
internal sealed class KerasWeights
{
    private readonly IH5Group _file;

    /// <param name="file">The bytes of the .h5 file.</param>
    /// <exception cref="DamagedFileException">Not such a file; the message says why.</exception>
    public KerasWeights(byte[] file)
    {
        _file = Read("its superblock", () => H5File.Open(new MemoryStream(file, writable: false)));
        Layers = Strings(_file, "layer_names");
    }

    /// <summary>Names of the layers in the order of the model.</summary>
    public string[] Layers { get; }

    /// <summary>An array of a layer.</summary>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="name">End of the array's name without <c>:0</c>, e.g. <c>kernel</c>.</param>
    /// <param name="shape">The shape it must have.</param>
    /// <exception cref="NotFoundException">There is none, or it has another shape.</exception>
    public float[] Get(string layer, string name, params ReadOnlySpan<int> shape)
    {
        if (!Layers.Contains(layer))
        {
            throw new DamagedFileException($"The weights file has no layer '{layer}': it is not of the model that is being made.");
        }

        var group = Read(layer, () => _file.Group(layer));
        var path =
            Strings(group, "weight_names").FirstOrDefault(weight => weight.Split('/')[^1].Split(':')[0] == name)
            ?? throw new DamagedFileException($"Layer '{layer}' of the weights file has no '{name}'.");
        var dataset = Read(path, () => group.Dataset(path));
        int[] found = [.. Read(path, () => dataset.Space.Dimensions).Select(length => (int)length)];
        return shape.SequenceEqual(found)
            ? Read(path, () => dataset.Read<float[]>())
            : throw new DamagedFileException(
                $"'{path}' of the weights file is [{string.Join(", ", found)}], expected [{string.Join(", ", shape.ToArray())}]."
            );
    }

    private static string[] Strings(IH5Group group, string attribute) =>
        Read($"the attribute '{attribute}'", () => group.Attribute(attribute).Read<string[]>());

    private static T Read<T>(string what, Func<T> read)
    {
#pragma warning disable CA1031 // What a damaged file makes the library throw is not known beforehand.
        try
        {
            return read();
        }
        catch (Exception e)
        {
            throw new DamagedFileException(
                $"{what} of the weights file cannot be read as HDF5 ({e.OneLine()}): give Keras's .h5 weights file, or fetch it again.",
                e
            );
        }
#pragma warning restore CA1031
    }
}
