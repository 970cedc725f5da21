using OrleansAtlas.Errors;
using OrleansAtlas.Onnx.Models;
using OrleansAtlas.Store;

namespace OrleansAtlas.Hosting.Models;

/// <summary>The model files that a silo was given: the same on every silo, so nothing is fetched or remembered.</summary>
/// <param name="files">At least one; the first is for collections that do not say.</param>
public sealed class ListedModels(IReadOnlyList<ModelFile> files) : IModelSource
{
    private static readonly string[] Preferred = [KnownModels.Xception, KnownModels.ResNet18];

    /// <summary>What they are called, in one line.</summary>
    public string Names => string.Join(", ", Files.Select(file => file.Card.Name));

    /// <summary>The files.</summary>
    public IReadOnlyList<ModelFile> Files { get; } = files;

    /// <summary>Finds models by name or file, or all known ones that are here, the preferred one first.</summary>
    /// <exception cref="ModelException">One of them is not here, or none is.</exception>
    public static ListedModels Find(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var library = new ModelLibrary();
        var here = library.List().Where(model => model.Path is not null).Select(model => model.Card.Name).ToList();
        List<ModelFile> files = [.. (names.Count > 0 ? names : Preferred.Intersect(here).Union(here)).Select(library.Find)];
        return files.Count > 0
            ? new ListedModels([.. files, .. files.SelectMany(file => library.FindReplaced(file.Card.Name))])
            : throw new ModelException(
                $"No model is in {library.Folder}; name one with --Atlas:Models:0 FILE, or fetch one with: atlas model add xception"
            );
    }

    /// <inheritdoc/>
    public Task<ModelFile> FindAsync(string? nameOrFile, CancellationToken cancellationToken) =>
        Task.FromResult(
            nameOrFile is null
                ? Files[0]
                : Files.FirstOrDefault(file =>
                    file.Card.Name == nameOrFile || file.Path == nameOrFile || file.Path == Path.GetFullPath(nameOrFile)
                )
                    ?? throw new ModelException(
                        $"The silos have no model '{nameOrFile}', only {Names}; name it in every silo's setting Atlas:Models."
                    )
        );

    /// <inheritdoc/>
    public ModelFile Pinned(ModelPin model) =>
        Files.FirstOrDefault(file => file.Sha256 == model.Sha256)
        ?? throw new ModelException(
            $"This silo does not have the model {model.Name} (SHA-256 {model.Sha256[..12]}...), only {Names}; "
                + "name its file in the setting Atlas:Models, or put new films into another collection."
        );
}
