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
        var fitted = map is null
            ? null
            : await collection.ReadAsync<ModelInfo>(collection.Names.Model(map.Model, "model.json"), cancellationToken);
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
            NetworkStatus.From(fitted),
            ledger?.Stages ?? [],
            ledger?.LimitingStage
        );
    }

    // The last run that computed something: a run that found all done says nothing about speed. A cluster's run has a share of each silo.
    private static async Task<LedgerPage?> LastLedgerAsync(CollectionStore collection, CancellationToken cancellationToken)
    {
        var names = await collection
            .Artifacts.ListAsync(collection.Names.Ledgers, cancellationToken)
            .Select(entry => entry.Name)
            .Where(name => !name.EndsWith("/changes.json", StringComparison.Ordinal))
            .ToListAsync(cancellationToken);
        LedgerPage? newest = null;
        foreach (
            var run in names
                .GroupBy(name => RunOf(name, collection.Names.Ledgers))
                .OrderByDescending(run => run.Key, StringComparer.Ordinal)
        )
        {
            var shares = new List<LedgerPage>();
            foreach (var name in run)
            {
                shares.Add((await collection.ReadAsync<LedgerPage>(name, cancellationToken))!);
            }

            var page = LedgerPage.Sum(shares);
            newest ??= page;
            if (page.Stages.Any(line => line.Stage == Stage.Describe && line.Items > 0))
            {
                return page;
            }
        }

        return newest;
    }

    private static string RunOf(string name, string folder) => name[folder.Length..].Split('/', '.')[0];
}
