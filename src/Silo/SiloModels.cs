using OrleansAtlas.Features;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Silo;

/// <summary>The model files of this silo.</summary>
/// <param name="Files">At least one; the first is for collections that do not say.</param>
internal sealed record SiloModels(IReadOnlyList<ModelFile> Files)
{
    private static readonly string[] Preferred = [KnownModels.Xception, KnownModels.ResNet18];

    /// <summary>What they are called, in one line.</summary>
    public string Names => string.Join(", ", Files.Select(file => file.Card.Name));

    /// <summary>Those that the settings name, or all known ones that are here, the preferred one first.</summary>
    /// <exception cref="ModelException">One of them is not here, or none is.</exception>
    public static SiloModels Find(SiloSettings settings)
    {
        var library = new ModelLibrary();
        var here = library.List().Where(model => model.Path is not null).Select(model => model.Card.Name).ToList();
        IReadOnlyList<string> names = settings.Models.Count > 0 ? settings.Models : [.. Preferred.Intersect(here).Union(here)];
        List<ModelFile> files = [.. names.Select(library.Find)];
        return files.Count > 0
            ? new SiloModels([.. files, .. files.SelectMany(file => library.FindReplaced(file.Card.Name))])
            : throw new ModelException(
                $"No model is in {library.Folder}; name one with --Atlas:Models:0 FILE, or fetch one with: atlas model add xception"
            );
    }

    /// <summary>The model of this name or path.</summary>
    public ModelFile Choose(string? name) =>
        name is null
            ? Files[0]
            : Files.FirstOrDefault(file => file.Card.Name == name || file.Path == name || file.Path == Path.GetFullPath(name))
                ?? throw new ModelException(
                    $"The silos have no model '{name}', only {Names}; name it in every silo's setting Atlas:Models."
                );

    /// <summary>The model that a collection pins.</summary>
    public ModelFile WithChecksum(string sha256, string name) =>
        Files.FirstOrDefault(file => file.Sha256 == sha256)
        ?? throw new ModelException(
            $"This silo does not have the model {name} (SHA-256 {sha256[..12]}...), only {Names}; "
                + "name its file in the setting Atlas:Models, or put new films into another collection."
        );
}
