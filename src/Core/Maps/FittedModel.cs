using OrleansAtlas.Errors;
using OrleansAtlas.Reduction;
using OrleansAtlas.Reduction.Pca;
using OrleansAtlas.Store;

namespace OrleansAtlas.Maps;

/// <summary>A fitted model: descriptor to reduced vector to code.</summary>
/// <param name="Info">What is known about it.</param>
/// <param name="Basis">Descriptor to reduced vector.</param>
/// <param name="Code">Reduced vector to code.</param>
public sealed record FittedModel(ModelInfo Info, PcaBasis Basis, Embedder Code)
{
    /// <summary>Reads a model; null where the version is not there or not complete.</summary>
    public static async Task<FittedModel?> ReadAsync(CollectionStore collection, string version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        if (
            await collection.ReadAsync<ModelInfo>(collection.Names.Model(version, "model.json"), cancellationToken).ConfigureAwait(false)
            is not { } info
        )
        {
            return null;
        }

        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in info.Files)
        {
            files[file] = await FileAsync(collection, version, file, cancellationToken).ConfigureAwait(false);
        }

        var pca = await FileAsync(collection, version, "pca.npy", cancellationToken).ConfigureAwait(false);
        try
        {
            return new FittedModel(info, PcaBasis.Parse(pca), Embedder.Parse(files));
        }
        catch (DamagedFileException error)
        {
            throw new DamagedArtifactException(
                collection.Names.Model(version, "model.json"),
                $"A file of model {version} is damaged ({error.Message.TrimEnd('.')})",
                error
            );
        }
    }

    /// <summary>Writes it, <c>model.json</c> last.</summary>
    public async Task WriteAsync(CollectionStore collection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        foreach (
            var (file, content) in Code.ToFiles().Append(new("pca.npy", Basis.ToBytes())).Append(new("model.json", StoreJson.ToBytes(Info)))
        )
        {
            await collection
                .Artifacts.TryAddAsync(collection.Names.Model(Info.Version, file), content, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static async Task<byte[]> FileAsync(
        CollectionStore collection,
        string version,
        string file,
        CancellationToken cancellationToken
    ) =>
        (
            await collection.Artifacts.ReadAsync(collection.Names.Model(version, file), cancellationToken).ConfigureAwait(false)
            ?? throw new DamagedArtifactException(collection.Names.Model(version, file), $"Model {version} has lost its file {file}")
        ).Content;
}
