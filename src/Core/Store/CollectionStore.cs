using System.Globalization;
using System.Runtime.CompilerServices;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Store;

/// <summary>One collection in a store: its artifacts as values.</summary>
public sealed class CollectionStore
{
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

    /// <summary>Opens a collection; null where there is none of this name.</summary>
    public static async Task<CollectionStore?> OpenAsync(IArtifactStore store, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var artifact = await store.ReadAsync(new ArtifactNames(name).Settings, cancellationToken).ConfigureAwait(false);
        return artifact is null ? null : new CollectionStore(store, StoreJson.Parse<CollectionSettings>(artifact.Content));
    }

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
        return (await OpenAsync(store, settings.Name, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>All films, in ordinal order of their ids; those whose last source was removed too.</summary>
    public async IAsyncEnumerable<VideoRecord> VideosAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in Artifacts.ListAsync(Names.Videos, cancellationToken).ConfigureAwait(false))
        {
            if (
                entry.Name.EndsWith("/video.json", StringComparison.Ordinal)
                && await ReadAsync<VideoRecord>(entry.Name, cancellationToken).ConfigureAwait(false) is { } record
            )
            {
                yield return record;
            }
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
    public async Task<IReadOnlyList<SegmentFrames>> SegmentsAsync(string id, CancellationToken cancellationToken)
    {
        var segments = new List<SegmentFrames>();
        await foreach (var entry in Artifacts.ListAsync(Names.Video(id) + "features-", cancellationToken).ConfigureAwait(false))
        {
            if (SegmentOf(entry) is { } segment)
            {
                segments.Add(segment);
            }
        }

        return segments;
    }

    /// <summary>All frames that are there now.</summary>
    public async Task<FrameSet> FramesAsync(CancellationToken cancellationToken)
    {
        var films = new List<FilmFrames>();
        var segments = new List<SegmentFrames>();
        var current = "";
        await foreach (var entry in Artifacts.ListAsync(Names.Videos, cancellationToken).ConfigureAwait(false))
        {
            if (SegmentOf(entry) is not { Count: > 0 } segment)
            {
                continue;
            }

            var id = entry.Name.Split('/')[^2];
            if (id != current)
            {
                Close();
                current = id;
            }

            segments.Add(segment);
        }

        Close();
        return new FrameSet(films);

        void Close()
        {
            if (segments.Count > 0)
            {
                films.Add(new FilmFrames(current, [.. segments]));
                segments.Clear();
            }
        }
    }

    /// <summary>Reads an artifact of one of the collection's types; null where there is none.</summary>
    public async Task<T?> ReadAsync<T>(string name, CancellationToken cancellationToken)
        where T : class
    {
        var artifact = await Artifacts.ReadAsync(name, cancellationToken).ConfigureAwait(false);
        return artifact is null ? null : StoreJson.Parse<T>(artifact.Content);
    }

    /// <summary>Reads an array; null where there is none.</summary>
    public async Task<NpyArray<T>?> ReadArrayAsync<T>(string name, CancellationToken cancellationToken)
        where T : unmanaged
    {
        var artifact = await Artifacts.ReadAsync(name, cancellationToken).ConfigureAwait(false);
        return artifact is null ? null : Npy.Parse<T>(artifact.Content);
    }

    // The number of frames follows from the length of the file, so that a listing is enough to know all frames.
    private SegmentFrames? SegmentOf(ArtifactEntry entry)
    {
        var file = entry.Name.AsSpan(entry.Name.LastIndexOf('/') + 1);
        if (!file.StartsWith("features-", StringComparison.Ordinal) || !file.EndsWith(".npy", StringComparison.Ordinal))
        {
            return null;
        }

        var dimensions = Settings.Model.Dimensions;
        var header = Npy.Header<Half>(1, dimensions).Length;
        var number = int.Parse(file["features-".Length..^".npy".Length], CultureInfo.InvariantCulture);
        return new SegmentFrames(number, checked((int)((entry.Length - header) / (2L * dimensions))));
    }
}
