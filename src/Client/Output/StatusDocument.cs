using OrleansAtlas.Maps;
using OrleansAtlas.Media;
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
    IReadOnlyList<StageLine> Ledger,
    Stage? LimitingStage
)
{
    public static async Task<StatusDocument> ReadAsync(CollectionStore collection, CancellationToken cancellationToken)
    {
        var frames = (await collection.FramesAsync(cancellationToken)).Films.ToDictionary(film => film.Id, StringComparer.Ordinal);
        var videos = new List<VideoStatus>();
        await foreach (var record in collection.VideosAsync(cancellationToken))
        {
            var plan = await collection.PlanAsync(record.Id, cancellationToken);
            videos.Add(VideoStatus.From(record, plan, frames.GetValueOrDefault(record.Id)));
        }

        videos.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        var current = (await collection.MapsAsync(cancellationToken)).Current;
        var map = current is null ? null : await collection.OpenMapAsync(current, cancellationToken);
        var ledger = await LastLedgerAsync(collection, cancellationToken);
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
            ledger?.Stages ?? [],
            ledger?.LimitingStage
        );
    }

    // The last run that computed something: a run that found all done says nothing about speed.
    private static async Task<LedgerPage?> LastLedgerAsync(CollectionStore collection, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var entry in collection.Artifacts.ListAsync(collection.Names.Ledgers, cancellationToken))
        {
            names.Add(entry.Name);
        }

        LedgerPage? newest = null;
        foreach (var name in Enumerable.Reverse(names))
        {
            var page = await collection.ReadAsync<LedgerPage>(name, cancellationToken);
            newest ??= page;
            if (page!.Stages.Any(line => line.Stage == Stage.Describe && line.Items > 0))
            {
                return page;
            }
        }

        return newest;
    }
}

/// <summary>One film in <see cref="StatusDocument"/>: <c>done</c>, <c>damaged</c>, <c>partial</c> or <c>failed</c>.</summary>
internal sealed record VideoStatus(string Id, string Name, string State, string? Reason, int Frames, double Seconds, PlanStatus? Plan)
{
    public static VideoStatus From(VideoRecord record, DecodePlan? plan, FilmFrames? frames)
    {
        var state =
            record.Failure is not null ? "failed"
            : record.Damage is not null ? "damaged"
            : plan is not null && (frames?.Segments.Count ?? 0) >= plan.Segments ? "done"
            : "partial";
        return new VideoStatus(
            record.Id,
            record.Name,
            state,
            record.Failure ?? record.Damage?.Reason,
            frames?.Count ?? 0,
            record.Info?.Duration ?? 0,
            plan is null ? null : PlanStatus.From(plan)
        );
    }
}

/// <summary>How a film is decoded.</summary>
internal sealed record PlanStatus(DecodeStrategy Strategy, string Reason, double Interval, int Samples, int Segments, int Width, int Height)
{
    public static PlanStatus From(DecodePlan plan) =>
        new(plan.Strategy, plan.Reason, plan.Interval, plan.Samples, plan.Segments, plan.Width, plan.Height);
}

/// <summary>The model that describes.</summary>
internal sealed record ModelStatus(string Name, int Dimensions);

/// <summary>What PCA kept.</summary>
internal sealed record PcaStatus(int Components, double VarianceKept);

/// <summary>The map that is shown and what it says about itself.</summary>
internal sealed record MapStatus(
    string Version,
    string Model,
    long Frames,
    string Method,
    double? Trustworthiness,
    double? Continuity,
    double? NeighboursKept,
    double? RankCorrelation,
    double? Coverage,
    double? Drift,
    string? Note
)
{
    public static MapStatus From(MapInfo map) =>
        new(
            map.Version,
            map.Model,
            map.Frames,
            map.Method,
            map.Quality?.Trustworthiness,
            map.Quality?.Continuity,
            map.Quality?.NeighboursKept,
            map.Quality?.RankCorrelation,
            map.Quality?.Coverage,
            map.Drift,
            map.Note
        );
}
