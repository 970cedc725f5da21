using OrleansAtlas.Maps;
using OrleansAtlas.Runtime;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client.Output;

/// <summary>What <c>atlas status --json</c> answers.</summary>
internal sealed record StatusDocument(
    string Collection,
    string Store,
    IReadOnlyList<VideoStatus> Videos,
    long Frames,
    ModelStatus Model,
    Profile Profile,
    PcaStatus? Pca,
    MapStatus? Map,
    NetworkStatus? Network,
    IReadOnlyList<StageLine> Ledger,
    Stage? LimitingStage
)
{
    private readonly Lazy<HashSet<string>> _shared = new(() =>
        Videos.GroupBy(video => video.Name).Where(same => same.Skip(1).Any()).Select(same => same.Key).ToHashSet(StringComparer.Ordinal)
    );

    /// <summary>What a film is called: its path where several are called the same.</summary>
    public string Called(VideoStatus video) => _shared.Value.Contains(video.Name) ? video.Path ?? video.Name : video.Name;

    public static async Task<StatusDocument> ReadAsync(CollectionStore collection, CancellationToken cancellationToken)
    {
        var frames = (await collection.FramesAsync(cancellationToken)).Films.ToDictionary(film => film.Id, StringComparer.Ordinal);
        var videos = new List<VideoStatus>();
        var failed = (await collection.FailedInputsAsync(cancellationToken)).ToDictionary(input => input.Path, StringComparer.Ordinal);
        await foreach (var record in collection.VideosAsync(cancellationToken))
        {
            var plan = await collection.PlanAsync(record.Id, cancellationToken);
            FailedInput? failure = null;
            foreach (var source in record.Sources)
            {
                failure = failed.Remove(source.Path, out var input) ? input : failure;
            }

            videos.AddRange(
                record is { Info: null, Failure: not null } && failure is null
                    ? VideoStatus.From(record)
                    : [VideoStatus.From(record, plan, frames.GetValueOrDefault(record.Id), failure)]
            );
        }

        videos.AddRange(failed.Values.Select(VideoStatus.From));
        videos.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        var current = (await collection.MapsAsync(cancellationToken)).Current;
        var map = current is null ? null : await collection.OpenMapAsync(current, cancellationToken);
        var fitted = map is null
            ? null
            : await collection.ReadAsync<ModelInfo>(collection.Names.Model(map.Model, "model.json"), cancellationToken);
        var ledger = await LastLedger.ReadAsync(collection, cancellationToken);
        var pin = collection.Settings.Model;
        return new StatusDocument(
            collection.Settings.Name,
            collection.Artifacts.Location,
            videos,
            frames.Values.Sum(film => (long)film.Count),
            new ModelStatus(pin.Name, pin.Dimensions),
            collection.Settings.Profile,
            map is null ? null : new PcaStatus(map.Components, map.VarianceKept),
            map is null ? null : MapStatus.From(map),
            NetworkStatus.From(fitted),
            ledger?.Stages ?? [],
            ledger?.LimitingStage
        );
    }
}
