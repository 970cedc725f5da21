using OrleansAtlas.Errors;
using OrleansAtlas.Features;
using OrleansAtlas.Store;

namespace OrleansAtlas.Tests;

/// <summary>No network: the library's collections are there before they are asked for.</summary>
internal sealed class NoModels : IModelCatalog
{
    public Task<ModelPin> FindAsync(string? nameOrFile, CancellationToken cancellationToken) =>
        throw new ModelException("There is no model here.");

    public Task<Profile> ProfileAsync(ModelPin model, CancellationToken cancellationToken) =>
        throw new ModelException("There is no model here.");

    public InferenceQueue QueueFor(CollectionSettings settings) => throw new ModelException("There is no model here.");
}
