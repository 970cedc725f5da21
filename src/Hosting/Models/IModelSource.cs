using OrleansAtlas.Errors;
using OrleansAtlas.Onnx.Models;
using OrleansAtlas.Store;

namespace OrleansAtlas.Hosting.Models;

/// <summary>The model files that a process may use.</summary>
public interface IModelSource
{
    /// <summary>Finds the model for a new collection.</summary>
    /// <param name="nameOrFile">Name or file; null for the best one here.</param>
    /// <param name="cancellationToken">Stops a download.</param>
    /// <exception cref="ModelException">It is not here.</exception>
    Task<ModelFile> FindAsync(string? nameOrFile, CancellationToken cancellationToken);

    /// <summary>Finds the file of a model that a collection pins.</summary>
    /// <exception cref="ModelException">It is not here.</exception>
    ModelFile Pinned(ModelPin model);
}
