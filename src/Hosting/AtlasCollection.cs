using OrleansAtlas.Errors;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Mosaics;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Copies;
using OrleansAtlas.Search.Similar;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Hosting;

/// <summary>A collection of films and its maps.</summary>
public sealed class AtlasCollection
{
    private readonly Atlas _atlas;
    private readonly bool _isNew;

    internal AtlasCollection(Atlas atlas, CollectionStore store, bool isNew) => (_atlas, Store, _isNew) = (atlas, store, isNew);

    /// <summary>Its settings and artifacts.</summary>
    public CollectionStore Store { get; }

    /// <summary>Its name.</summary>
    public string Name => Store.Settings.Name;

    /// <summary>Adds films and photos, and brings the map up to date. What is there is not computed again.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="progress">Told about every film, part and epoch.</param>
    /// <param name="cancellationToken">Stops; what is stored by then is kept.</param>
    /// <returns>What became of each file; films that fail are no exceptions.</returns>
    /// <remarks>A second run of the collection begins when the first has ended.</remarks>
    /// <exception cref="NotFoundException">A path is not there.</exception>
    public Task<IndexReport> IndexAsync(
        IReadOnlyList<string> paths,
        IProgress<ProgressReport>? progress = null,
        CancellationToken cancellationToken = default
    ) => IndexAsync(new IndexRequest { Paths = paths }, progress, cancellationToken);

    /// <inheritdoc cref="IndexAsync(IReadOnlyList{string}, IProgress{ProgressReport}?, CancellationToken)"/>
    public Task<IndexReport> IndexAsync(
        IndexRequest request,
        IProgress<ProgressReport>? progress = null,
        CancellationToken cancellationToken = default
    ) =>
        _atlas.Runs.RunAsync(
            Name,
            stop => _atlas.Engine.IndexAsync(Name, request, progress ?? new Progress<ProgressReport>(), stop),
            cancellationToken
        );

    /// <summary>Fits the model to all frames again and makes a new map with it.</summary>
    /// <exception cref="NotFoundException">There are no frames.</exception>
    public Task<MapReceipt> TrainAsync(
        TrainRequest? request = null,
        IProgress<ProgressReport>? progress = null,
        CancellationToken cancellationToken = default
    ) =>
        _atlas.Runs.RunAsync(
            Name,
            stop =>
                _atlas.Engine.TrainAsync(
                    Name,
                    request ?? new TrainRequest(Store.Settings.Training),
                    progress ?? new Progress<ProgressReport>(),
                    stop
                ),
            cancellationToken
        );

    /// <summary>Opens a map.</summary>
    /// <param name="version">Its name; null for the one that is shown.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="NotFoundException">There is none.</exception>
    public async Task<AtlasMap> OpenMapAsync(string? version = null, CancellationToken cancellationToken = default)
    {
        var info = version is null
            ? await Store.OpenCurrentMapAsync(cancellationToken).ConfigureAwait(false)
            : await Store.OpenMapAsync(version, cancellationToken).ConfigureAwait(false);
        return await AtlasMap.ReadAsync(Store, info, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds the clips of the collection that are most like one.</summary>
    /// <param name="clip"><c>FILM</c>, <c>FILM@TIME</c> or <c>FILM@FROM-TO</c>: a film of the collection, or a film or photo file or
    /// its address.</param>
    /// <param name="count">How many, 1 or more; at most one a film.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The best first: copies, then what is most alike.</returns>
    /// <exception cref="AtlasException">There is no map, no such film, or the file cannot be read.</exception>
    public async Task<IReadOnlyList<ClipMatch>> FindSimilarAsync(string clip, int count = 9, CancellationToken cancellationToken = default)
    {
        var map = await OpenMapAsync(null, cancellationToken).ConfigureAwait(false);
        var library = await ClipLibrary.ReadAsync(map, cancellationToken).ConfigureAwait(false);
        var query = await ClipQuery.ReadAsync(clip, library, () => Task.FromResult(_atlas.Work), cancellationToken).ConfigureAwait(false);
        return await new ClipSearch(map, new SimilarSearch(library.Clips), _atlas.Images, ClipSearch.Sources(_atlas.WorkOrNull))
            .FindAsync(query, count, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Draws the map as frames side by side.</summary>
    /// <param name="path">The picture, .png, .jpg or .webp.</param>
    /// <param name="request">What it should be; null for 11 x 18 tiles of the whole map.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="AtlasException">There is no map, or no frame in the window.</exception>
    public async Task<MosaicDrawn> DrawMosaicAsync(
        string path,
        MosaicRequest? request = null,
        CancellationToken cancellationToken = default
    )
    {
        var map = await OpenMapAsync(null, cancellationToken).ConfigureAwait(false);
        return await new MosaicDrawing(map, _atlas.Images, () => _atlas.Work)
            .DrawAsync(path, request ?? new MosaicRequest(), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Takes back a collection that was made by opening it and that nothing came into, from this process or another; any other
    /// stays as it is.</summary>
    public async Task DiscardIfNewAsync(CancellationToken cancellationToken = default)
    {
        if (!_isNew || await HasFilmsAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var names = new List<string>();
        await foreach (var entry in Store.Artifacts.ListAsync(Name + "/", cancellationToken).ConfigureAwait(false))
        {
            names.Add(entry.Name);
        }

        foreach (var name in names)
        {
            await Store.Artifacts.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> HasFilmsAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in Store.VideosAsync(cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        return false;
    }
}
