using System.Runtime.CompilerServices;
using OrleansAtlas.Errors;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Store;

/// <summary>One collection in a store: its artifacts as values.</summary>
public sealed class CollectionStore
{
    private const int RecordsSideBySide = 16;
    private const string Backup = "bring the file back from a backup, or delete the collection's folder and index its films again.";

    private CollectionStore(IArtifactStore store, CollectionSettings settings)
    {
        Artifacts = store;
        Settings = settings;
        Names = new ArtifactNames(settings.Name);
    }

    /// <summary>The store it is in.</summary>
    public IArtifactStore Artifacts { get; }

    /// <summary>What the collection was made with.</summary>
    public CollectionSettings Settings { get; }

    /// <summary>Where its artifacts are.</summary>
    public ArtifactNames Names { get; }

    /// <summary>Names of the collections in a store, in ordinal order.</summary>
    public static async IAsyncEnumerable<string> NamesAsync(
        IArtifactStore store,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        await foreach (var name in store.ListFoldersAsync(cancellationToken).ConfigureAwait(false))
        {
            if (
                CollectionName.Problem(name) is null
                && await store.ExistsAsync(new ArtifactNames(name).Settings, cancellationToken).ConfigureAwait(false)
            )
            {
                yield return name;
            }
        }
    }

    /// <summary>Opens a collection; null where there is none of this name.</summary>
    /// <exception cref="StoreException">Its settings are damaged, or of a newer version.</exception>
    public static async Task<CollectionStore?> OpenAsync(IArtifactStore store, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var file = new ArtifactNames(name).Settings;
        try
        {
            var artifact = await store.ReadAsync(file, cancellationToken).ConfigureAwait(false);
            if (artifact is not null)
            {
                return new CollectionStore(store, StoreJson.Parse<CollectionSettings>(artifact.Content));
            }
        }
        catch (AtlasException error) when (error is DamagedFileException or DamagedArtifactException)
        {
            // Nothing else knows the settings: they cannot be made again.
            throw new StoreException($"The settings of collection '{name}', '{store.Location}/{file}', are damaged; {Backup}", error);
        }

        await foreach (var _ in store.ListAsync(new ArtifactNames(name).Videos, cancellationToken).ConfigureAwait(false))
        {
            // Made anew, the collection could get other settings than its films have.
            throw new StoreException($"Collection '{name}' has films and has lost its settings, '{store.Location}/{file}'; {Backup}");
        }

        return null;
    }

    /// <summary>Opens a collection that was there a moment ago.</summary>
    /// <exception cref="StoreException">It is gone.</exception>
    public static async Task<CollectionStore> RequireAsync(IArtifactStore store, string name, CancellationToken cancellationToken) =>
        await OpenAsync(store, name, cancellationToken).ConfigureAwait(false)
        ?? throw new StoreException(
            $"Collection '{name}' is gone from the store '{store.Location}': '{new ArtifactNames(name).Settings}' is not there; {Backup}"
        );

    /// <summary>Makes a collection, or opens the one that another process made first.</summary>
    public static async Task<CollectionStore> CreateAsync(
        IArtifactStore store,
        CollectionSettings settings,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(settings);
        await store
            .TryAddAsync(new ArtifactNames(settings.Name).Settings, StoreJson.ToBytes(settings), cancellationToken)
            .ConfigureAwait(false);
        return await RequireAsync(store, settings.Name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>All films, in ordinal order of their ids; those whose last source was removed too.</summary>
    public IAsyncEnumerable<VideoRecord> VideosAsync(CancellationToken cancellationToken) => VideosAsync(null, cancellationToken);

    /// <summary>The same, and what the listing shows of segments: whatever comes before a film's record in it, which is all of its
    /// segments.</summary>
    internal async IAsyncEnumerable<VideoRecord> VideosAsync(
        SegmentListing? segments,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        // Read side by side, since a store may be far away.
        var reading = new Queue<Task<VideoRecord?>>();
        try
        {
            await foreach (var entry in Artifacts.ListAsync(Names.Videos, cancellationToken).ConfigureAwait(false))
            {
                segments?.Add(entry);
                if (entry.Name.EndsWith("/video.json", StringComparison.Ordinal))
                {
                    reading.Enqueue(RecordAsync(entry, cancellationToken));
                }

                if (reading.Count >= RecordsSideBySide && await reading.Dequeue().ConfigureAwait(false) is { } record)
                {
                    yield return record;
                }
            }

            while (reading.TryDequeue(out var next))
            {
                if (await next.ConfigureAwait(false) is { } record)
                {
                    yield return record;
                }
            }
        }
        finally
        {
            await Task.WhenAll((IEnumerable<Task>)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One film; null where it is not known.</summary>
    public Task<VideoRecord?> VideoAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync<VideoRecord>(Names.VideoRecord(id), cancellationToken);

    /// <summary>Changes a film's record, again and again until nobody else changed it in between.</summary>
    /// <param name="id">The film.</param>
    /// <param name="change">Gets the record as it is, null where there is none, and gives what it should be.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task<VideoRecord> UpdateVideoAsync(string id, Func<VideoRecord?, VideoRecord> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        var name = Names.VideoRecord(id);
        while (true)
        {
            var artifact = await Artifacts.ReadAsync(name, cancellationToken).ConfigureAwait(false);
            var record = change(artifact is null ? null : StoreJson.Parse<VideoRecord>(artifact.Content));
            var content = StoreJson.ToBytes(record);
            if (
                (artifact is not null && content.AsSpan().SequenceEqual(artifact.Content))
                || await Artifacts.TryReplaceAsync(name, content, artifact?.Tag, cancellationToken).ConfigureAwait(false) is not null
            )
            {
                return record;
            }
        }
    }

    /// <summary>Deletes a film and all that was computed from it.</summary>
    public async Task RemoveVideoAsync(string id, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var entry in Artifacts.ListAsync(Names.Video(id), cancellationToken).ConfigureAwait(false))
        {
            names.Add(entry.Name);
        }

        foreach (var name in names)
        {
            await Artifacts.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A film's plan; null where none was made yet.</summary>
    public Task<DecodePlan?> PlanAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync<DecodePlan>(Names.Plan(id), cancellationToken);

    /// <summary>Stores a film's plan, or gives the one that was stored first.</summary>
    public async Task<DecodePlan> AddPlanAsync(string id, DecodePlan plan, CancellationToken cancellationToken)
    {
        await Artifacts.TryAddAsync(Names.Plan(id), StoreJson.ToBytes(plan), cancellationToken).ConfigureAwait(false);
        return (await PlanAsync(id, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>A film's segments that are done, in order, also those without frames.</summary>
    public async Task<IReadOnlyList<SegmentFrames>> SegmentsAsync(string id, CancellationToken cancellationToken) =>
        [.. (await ListingAsync(id, cancellationToken).ConfigureAwait(false)).Done(id)];

    /// <summary>What is there of a film's segments, also of those that are not done.</summary>
    internal async Task<SegmentListing> ListingAsync(string id, CancellationToken cancellationToken)
    {
        var listing = new SegmentListing(Settings);
        await foreach (var entry in Artifacts.ListAsync(Names.Video(id), cancellationToken).ConfigureAwait(false))
        {
            listing.Add(entry);
        }

        return listing;
    }

    /// <summary>All frames that are there now.</summary>
    public async Task<FrameSet> FramesAsync(CancellationToken cancellationToken)
    {
        var films = new List<FilmFrames>();
        var listing = new SegmentListing(Settings);
        await foreach (var entry in Artifacts.ListAsync(Names.Videos, cancellationToken).ConfigureAwait(false))
        {
            listing.Add(entry);
        }

        foreach (var id in listing.Films)
        {
            if (listing.Done(id).Where(segment => segment.Count > 0).ToList() is { Count: > 0 } segments)
            {
                films.Add(new FilmFrames(id, segments));
            }
        }

        return new FrameSet(films);
    }

    /// <summary>Reads an artifact of one of the collection's types; null where there is none.</summary>
    /// <exception cref="DamagedArtifactException">It is not what was written, or of another type.</exception>
    public Task<T?> ReadAsync<T>(string name, CancellationToken cancellationToken)
        where T : class => ReadAsync(name, content => StoreJson.Parse<T>(content), cancellationToken);

    /// <summary>Reads an array; null where there is none.</summary>
    /// <exception cref="DamagedArtifactException">It is not what was written, or of another type.</exception>
    public Task<NpyArray<T>?> ReadArrayAsync<T>(string name, CancellationToken cancellationToken)
        where T : unmanaged => ReadAsync(name, content => Npy.Parse<T>(content), cancellationToken);

    /// <summary>Reads an artifact; null where there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parse">Makes a value of its content, or throws <see cref="DamagedFileException"/>.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="DamagedArtifactException">It is not what was written, or cannot be parsed.</exception>
    internal Task<T?> ReadAsync<T>(string name, Func<byte[], T> parse, CancellationToken cancellationToken)
        where T : class => ReadAsync(name, () => Artifacts.ReadAsync(name, cancellationToken), parse);

    private Task<VideoRecord?> RecordAsync(ArtifactEntry entry, CancellationToken cancellationToken) =>
        ReadAsync(entry.Name, () => Artifacts.ReadListedAsync(entry, cancellationToken), content => StoreJson.Parse<VideoRecord>(content));

    private async Task<T?> ReadAsync<T>(string name, Func<Task<Artifact?>> read, Func<byte[], T> parse)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false) is { } artifact ? parse(artifact.Content) : null;
        }
        catch (DamagedFileException error)
        {
            throw new DamagedArtifactException(name, $"'{Artifacts.Location}/{name}' is damaged ({error.Message.TrimEnd('.')})", error);
        }
    }
}
