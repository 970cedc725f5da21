using OrleansAtlas.Features;

namespace OrleansAtlas.Onnx.Models;

/// <summary>The cards that ship with the product, in <c>models/</c> of the repository.</summary>
public static class KnownModels
{
    /// <summary>Small, comes with the program, used where Xception is not to be had.</summary>
    public const string ResNet18 = "resnet18";

    /// <summary>The default.</summary>
    public const string Xception = "xception";

    /// <summary>All of them, by name in ordinal order.</summary>
    public static IReadOnlyList<ModelCard> Cards { get; } = [.. Read().OrderBy(card => card.Name, StringComparer.Ordinal)];

    /// <summary>The card of this name; null where none ships.</summary>
    public static ModelCard? Find(string name) => Cards.FirstOrDefault(card => card.Name == name);

    /// <summary>How one gets a model that is not there, as the end of a sentence.</summary>
    internal static string WayOut(string name) =>
        name switch
        {
            Xception =>
                "fetch it with 'atlas model add xception', or give Keras's weights file with 'atlas model add xception --from FILE.h5'",
            ResNet18 => "it comes with the program, in its folder models: install or build the program again",
            _ => $"give the path of the file, {name}.onnx",
        };

    private static IEnumerable<ModelCard> Read()
    {
        var assembly = typeof(KnownModels).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            yield return ModelCardJson.Parse(bytes.ToArray(), name);
        }
    }
}
