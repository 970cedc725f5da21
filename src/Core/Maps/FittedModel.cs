using OrleansAtlas.Errors;
using OrleansAtlas.Reduction;
using OrleansAtlas.Reduction.Autoencoder;
using OrleansAtlas.Reduction.Pca;
using OrleansAtlas.Store;

namespace OrleansAtlas.Maps;

/// <summary>What is known about a model version, <c>model.json</c>; written last, so it says that the version is complete.</summary>
public sealed record ModelInfo
{
    /// <summary>The codes of a map are those of a trained network.</summary>
    public const string Trained = "autoencoder";

    /// <summary>The codes of a map are PCA's first two components.</summary>
    public const string StandIn = "pca";

    /// <summary>Made from the frames and the settings of training.</summary>
    public required string Version { get; init; }

    /// <summary><c>autoencoder</c>, or <c>pca</c> where there were too few frames to train one.</summary>
    public required string Method { get; init; }

    /// <summary>Frames it was fitted to.</summary>
    public required long Frames { get; init; }

    /// <summary>Components PCA kept.</summary>
    public required int Components { get; init; }

    /// <summary>Share of the variance they hold.</summary>
    public required double VarianceKept { get; init; }

    /// <summary>The model whose places its layout began with; null where it began afresh.</summary>
    public string? Start { get; init; }

    /// <summary>How it was trained.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>Files of the network.</summary>
    public required IReadOnlyList<string> Files { get; init; }
}

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

        return new FittedModel(
            info,
            PcaBasis.Parse(await FileAsync(collection, version, "pca.npy", cancellationToken).ConfigureAwait(false)),
            Embedder.Parse(files)
        );
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
            ?? throw new NotFoundException($"Model {version} has lost its file {file}; fit it again with atlas train.")
        ).Content;
}
