using OrleansAtlas.Errors;
using OrleansAtlas.Features;

namespace OrleansAtlas.Onnx.Models;

/// <summary>Finds models by name or path in the folder where they are kept, <c>models/</c> under <c>$ATLAS_CACHE</c>,
/// <c>$XDG_CACHE_HOME/orleans-atlas</c> or <c>~/.cache/orleans-atlas</c>, and those that come with the program beside it.
/// Adding them is in ModelLibrary.Add.cs, the default model in ModelLibrary.Choose.cs.</summary>
/// <param name="folder">Where models are kept; null takes the default.</param>
/// <param name="clock">Tells how long ago a download failed; null takes the system's.</param>
public sealed partial class ModelLibrary(string? folder = null, TimeProvider? clock = null)
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>The folder that is taken where none is given.</summary>
    public static string DefaultFolder => Path.Combine(CacheFolder(), "models");

    /// <summary>Where models are kept.</summary>
    public string Folder { get; } = Path.GetFullPath(folder ?? DefaultFolder);

    /// <summary>The known models and where they are; the path is null for one that is not there.</summary>
    public IReadOnlyList<KnownModel> List() =>
        [.. KnownModels.Cards.Select(card => new KnownModel(card, File.Exists(PathOf(card.Name)) ? PathOf(card.Name) : null))];

    /// <summary>Whether a known model is here.</summary>
    public bool Has(string name) => File.Exists(PathOf(name));

    /// <summary>Finds a model by the name of a known one or by the path of an ONNX file. A file's card is, in this order: the one beside
    /// it (<c>FILE.json</c>), the shipped one whose checksum is the file's, the shipped one of the file's name.</summary>
    /// <exception cref="ModelException">It is not there, or is not what its card says.</exception>
    public ModelFile Find(string nameOrFile)
    {
        ArgumentNullException.ThrowIfNull(nameOrFile);
        if (KnownModels.Find(nameOrFile) is { } known && !File.Exists(nameOrFile))
        {
            return Has(known.Name)
                ? FromFile(PathOf(known.Name))
                : throw new ModelException($"The model {known.Name} is not in {Folder}; {KnownModels.WayOut(known.Name)}.");
        }

        return File.Exists(nameOrFile)
            ? FromFile(nameOrFile)
            : throw new ModelException(
                $"There is no model '{nameOrFile}'; known are {string.Join(", ", KnownModels.Cards.Select(card => card.Name))}, "
                    + "anything else is the path of an ONNX file."
            );
    }

    /// <summary>The model that a collection pins: the one of this name, or one that it has replaced.</summary>
    /// <returns>Null where none has this checksum.</returns>
    /// <exception cref="ModelException">One of them is not what its card says.</exception>
    public ModelFile? FindPinned(string name, string sha256) =>
        FindReplaced(name).Concat(Has(name) ? [FromFile(PathOf(name))] : []).FirstOrDefault(model => model.Sha256 == sha256);

    /// <summary>Models that another one of their name has replaced: collections may pin them.</summary>
    /// <exception cref="ModelException">One of them is not what its card says.</exception>
    public IEnumerable<ModelFile> FindReplaced(string name) =>
        Directory.Exists(Folder)
            ? Directory
                .EnumerateFiles(Folder, ReplacedName(name, "????????????"))
                .Where(path => File.Exists(path + ".json"))
                .Select(FromFile)
            : [];

    private static ModelFile FromFile(string path)
    {
        var beside = path + ".json";
        if (File.Exists(beside))
        {
            return ModelFile.Read(path, ModelCardJson.Parse(File.ReadAllBytes(beside), beside));
        }

        var sha256 = ModelFile.Hash(path);
        var card =
            KnownModels.Cards.FirstOrDefault(card => card.Sha256 == sha256)
            ?? KnownModels.Find(Path.GetFileNameWithoutExtension(path))
            ?? throw new ModelException(
                $"There is no card for the model {path}: write one as {beside} with at least name, inputSize, dimensions and licence."
            );
        return ModelFile.Read(path, card, sha256);
    }

    private string PathOf(string name)
    {
        var (kept, shipped) = (KeptPath(name), Path.Combine(Shipped, name + ".onnx"));
        return !File.Exists(kept) && File.Exists(shipped) ? shipped : kept;
    }

    private string KeptPath(string name) => Path.Combine(Folder, name + ".onnx");

    private static string ReplacedName(string name, string sha256) => $"{name}-{sha256[..12]}.onnx";

    private static string CacheFolder() =>
        Variable("ATLAS_CACHE")
        ?? (
            Variable("XDG_CACHE_HOME") is { } cache
                ? Path.Combine(cache, "orleans-atlas")
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "orleans-atlas")
        );

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
