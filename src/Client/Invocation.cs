using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Hosting;
using OrleansAtlas.Maps;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client;

/// <summary>One call of the program: where its store is, how it answers and how it shows progress.</summary>
internal sealed class Invocation(ParseResult result)
{
    private readonly Lazy<ILoggerFactory> _logs = new(() =>
        LoggerFactory.Create(logging => logging.AddPlainLines(result.GetValue(CommonOptions.Verbose)))
    );

    public bool Json { get; } = result.GetValue(CommonOptions.Json);

    public bool Verbose { get; } = result.GetValue(CommonOptions.Verbose);

    public Answer Answer { get; } = new(result.GetValue(CommonOptions.Json));

    /// <summary>Opens the store.</summary>
    /// <param name="write">True where the caller is going to write.</param>
    /// <exception cref="UsageException">There is none, and nothing is going to make one.</exception>
    public IArtifactStore OpenStore(bool write) =>
        write || MissingStore is null
            ? Stores.Open(Place, write, _logs.Value)
            : throw new UsageException($"{MissingStore}; make one with: atlas index PATH -c NAME --store {Place}");

    /// <summary>Opens the store to read it, also where its folder is not there yet: it holds nothing until somebody makes it.</summary>
    public IArtifactStore OpenComingStore()
    {
        if (MissingStore is { } missing)
        {
            Console.Error.WriteLine($"{missing} yet: the page is empty until atlas index or a cluster has made one there.");
        }

        return Stores.Open(Place, write: false, _logs.Value);
    }

    /// <summary>Opens what the work on a store is done with; its warnings go to standard error.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <param name="model">Name or ONNX file of a collection's model that this machine may not know.</param>
    /// <param name="trainer">What fits models.</param>
    public Task<Atlas> OpenAtlasAsync(
        IArtifactStore store,
        CancellationToken cancellationToken,
        string? model = null,
        TrainerKind trainer = TrainerKind.Managed
    ) =>
        Atlas.OpenAsync(
            new ServiceCollection().AddSingleton(store).AddLogging(logging => logging.AddPlainLines(Verbose)),
            options => (options.Model, options.Trainer) = (model, trainer),
            cancellationToken
        );

    /// <summary>Opens the collection that -c names.</summary>
    public async Task<CollectionStore> OpenCollectionAsync(bool write, CancellationToken cancellationToken)
    {
        var store = OpenStore(write);
        var name = CollectionName();
        if (await CollectionStore.OpenAsync(store, name, cancellationToken) is { } collection)
        {
            return collection;
        }

        var others = await CollectionStore.NamesAsync(store, cancellationToken).ToListAsync(cancellationToken);
        throw new UsageException(
            others.Count == 0
                ? $"There is no collection '{name}' in {store.Location}, nor any other; make it with: atlas index PATH -c {name}"
                : $"There is no collection '{name}' in {store.Location}, only "
                    + $"{string.Join(", ", others.Select(other => $"'{other}'"))}; make it with: atlas index PATH -c {name}"
        );
    }

    /// <summary>Opens the map that --map names, or the one that is shown.</summary>
    public async Task<AtlasMap> OpenMapAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var collection = await OpenCollectionAsync(false, cancellationToken);
        var info = parsed.GetValue(CommonOptions.Map) is { } version
            ? await collection.OpenMapAsync(version, cancellationToken)
            : await collection.OpenCurrentMapAsync(cancellationToken);
        var map = await AtlasMap.ReadAsync(collection, info, cancellationToken);
        return map.Films.Any(film => film is not null)
            ? map
            : throw new UsageException(
                $"All films of map {info.Version} were removed; add some with: atlas index PATH -c {collection.Settings.Name}"
            );
    }

    /// <summary>The name that -c gives, which must be one the store can use.</summary>
    public string CollectionName()
    {
        var name = result.GetRequiredValue(CommonOptions.Collection);
        return Store.CollectionName.Problem(name) is { } problem ? throw new UsageException(problem) : name;
    }

    private string Place => result.GetValue(CommonOptions.Store) ?? Environment.GetEnvironmentVariable("ATLAS_STORE") ?? DefaultStore();

    private string? MissingStore => Stores.IsAddress(Place) || Directory.Exists(Place) ? null : $"There is no store in '{Place}'";

    private static string DefaultStore() =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "orleans-atlas"
        );
}
