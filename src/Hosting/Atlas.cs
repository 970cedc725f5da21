using Microsoft.Extensions.DependencyInjection;
using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;
using OrleansAtlas.Indexing;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Hosting;

/// <summary>Collections of films and their maps on one machine: the front door for programs.</summary>
/// <example>
/// <code>
/// await using var atlas = await Atlas.OpenAsync("store");
/// var holidays = await atlas.GetOrCreateAsync("holidays");
/// await holidays.IndexAsync(["films"], new Progress&lt;ProgressReport&gt;(step => Console.WriteLine(step)));
/// foreach (var match in await holidays.FindSimilarAsync("beach.mp4")) { Console.WriteLine(match.Why); }
/// await holidays.DrawMosaicAsync("map.png");
/// </code>
/// </example>
public sealed class Atlas : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly RunningWork _runs = new();

    private Atlas(ServiceProvider services) => _services = services;

    /// <summary>What the work is done with.</summary>
    /// <exception cref="AtlasException">ffmpeg, the picture library or the store is not here.</exception>
    public WorkContext Work => _services.GetRequiredService<WorkContext>();

    /// <summary>What the work is done with; null where ffmpeg is not here, with which little but looking at maps is left.</summary>
    public WorkContext? WorkOrNull => _services.GetRequiredService<FfmpegLookup>() is FfmpegLookup.Found ? Work : null;

    /// <summary>Still pictures; ffmpeg is not needed for them.</summary>
    internal IImageCodec Images => _services.GetRequiredService<IImageCodec>();

    /// <summary>Does the work in this process.</summary>
    public LocalEngine Engine => _services.GetRequiredService<LocalEngine>();

    /// <summary>Runs of collections, one at a time for each.</summary>
    internal RunningWork Runs => _runs;

    /// <summary>Opens a store, which is made where it is not there. Models and programs are opened when first needed.</summary>
    /// <param name="store">Its folder, or its address: see <see cref="Stores.Open"/>.</param>
    /// <param name="configure">Sets options.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static Task<Atlas> OpenAsync(
        string store,
        Action<AtlasOptions>? configure = null,
        CancellationToken cancellationToken = default
    ) =>
        OpenAsync(
            new ServiceCollection(),
            options =>
            {
                options.Store = store;
                configure?.Invoke(options);
            },
            cancellationToken
        );

    /// <summary>Opens a store with services of the caller's: another store, clock, log or model.</summary>
    /// <param name="services">What is registered here is used.</param>
    /// <param name="configure">Sets options.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static async Task<Atlas> OpenAsync(
        IServiceCollection services,
        Action<AtlasOptions>? configure = null,
        CancellationToken cancellationToken = default
    )
    {
        var ffmpeg = await FfmpegTools.FindAsync(cancellationToken).ConfigureAwait(false);
        return new Atlas(services.AddOrleansAtlas(ffmpeg, configure).BuildServiceProvider());
    }

    /// <summary>Opens a collection, or makes it as asked for.</summary>
    /// <param name="name">Letters, digits, '.', '-' and '_', 100 at most.</param>
    /// <param name="request">What it should be; one that is there must be so. Null takes it as it is, or the usual.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="AtlasException">The name cannot be used, it is there and otherwise, or its model is not here.</exception>
    public async Task<AtlasCollection> GetOrCreateAsync(
        string name,
        CollectionRequest? request = null,
        CancellationToken cancellationToken = default
    )
    {
        var opening = await CollectionFactory
            .OpenAsync(Work, name, request ?? new CollectionRequest(), cancellationToken)
            .ConfigureAwait(false);
        return opening.Refusal is null
            ? new AtlasCollection(this, opening.Collection!, opening.IsNew)
            : throw new AtlasException(opening.Refusal);
    }

    /// <summary>Opens a collection.</summary>
    /// <returns>Null where there is none of this name.</returns>
    public async Task<AtlasCollection?> FindAsync(string name, CancellationToken cancellationToken = default) =>
        CollectionName.Problem(name) is null
        && await CollectionStore.OpenAsync(_services.GetRequiredService<IArtifactStore>(), name, cancellationToken).ConfigureAwait(false)
            is { } collection
            ? new AtlasCollection(this, collection, isNew: false)
            : null;

    /// <summary>Cancels what runs, waits for its end, closes models and ends threads.</summary>
    public async ValueTask DisposeAsync()
    {
        await _runs.DisposeAsync().ConfigureAwait(false);
        await _services.DisposeAsync().ConfigureAwait(false);
    }
}
