using Microsoft.Extensions.Logging;
using OrleansAtlas.Errors;
using OrleansAtlas.Maps;
using OrleansAtlas.Maps.Building;
using OrleansAtlas.Store;
using OrleansAtlas.Work;

namespace OrleansAtlas.Verification;

/// <summary>Makes again what is damaged: deletes it and all that was made with it, then asks for the work that is missing.</summary>
public sealed partial class StoreRepair(WorkContext context, IWorkDispatcher dispatcher)
{
    private readonly ILogger _log = context.Logs.CreateLogger<StoreRepair>();

    /// <summary>Repairs what can be.</summary>
    /// <param name="collection">The collection; nobody else should be working on it.</param>
    /// <param name="damaged">What <see cref="StoreVerifier"/> found.</param>
    /// <param name="progress">Told about the work.</param>
    /// <param name="cancellationToken">Stops; what is deleted by then is made by the next run of <c>atlas index</c>.</param>
    /// <returns>What is left, with what a person can do about it.</returns>
    public async Task<IReadOnlyList<Damage>> RepairAsync(
        CollectionStore collection,
        IReadOnlyList<Damage> damaged,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(collection);
        var plan = RepairPlan.For(damaged);
        foreach (var damage in damaged)
        {
            LogDamage(_log, damage.Name, damage.Problem);
        }

        var maps = await MapsAsync(collection, plan, cancellationToken).ConfigureAwait(false);
        await DeleteAsync(collection, plan, maps.Gone, cancellationToken).ConfigureAwait(false);
        var left = new List<Damage>(plan.Lost);
        var films = plan.Segments.Select(segment => segment.Film).Concat(PlansOf(plan.Artifacts)).Distinct(StringComparer.Ordinal);
        foreach (var film in films)
        {
            var receipt = await dispatcher.IndexVideoAsync(collection.Settings.Name, film, cancellationToken).ConfigureAwait(false);
            if (receipt.Reason is { } reason)
            {
                left.Add(new Damage(collection.Names.Video(film), $"cannot be made again: {reason}"));
            }
        }

        await MakeMapsAsync(collection, maps, progress, cancellationToken).ConfigureAwait(false);
        await context.Store.FlushAsync(cancellationToken).ConfigureAwait(false);
        return left;
    }

    // What is to be shown afterwards must be known before anything is deleted.
    private static async Task<AffectedMaps> MapsAsync(CollectionStore collection, RepairPlan plan, CancellationToken cancellationToken)
    {
        var infos = new Dictionary<string, MapInfo?>(StringComparer.Ordinal);
        await foreach (var entry in collection.Artifacts.ListAsync(collection.Names.Maps, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Name.Split('/') is [_, _, var version, _] && !infos.ContainsKey(version))
            {
                infos[version] = await ReadAsync<MapInfo>(collection, collection.Names.Map(version, "map.json"), cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        var listed = plan.MapList ? null : await collection.MapsAsync(cancellationToken).ConfigureAwait(false);
        var shown = listed?.Current ?? infos.Values.MaxBy(info => info?.Frames)?.Version;
        var gone = infos.Where(map => plan.Maps.Contains(map.Key) || (map.Value is { } info && plan.Models.Contains(info.Model)));
        var current = shown is null ? null : infos.GetValueOrDefault(shown);
        var modelGone = current is not null && plan.Models.Contains(current.Model);
        var model = modelGone
            ? await ReadAsync<ModelInfo>(collection, collection.Names.Model(current!.Model, "model.json"), cancellationToken)
                .ConfigureAwait(false)
            : null;
        return new AffectedMaps(
            [.. gone.Select(map => map.Key).Union(plan.Maps)],
            shown,
            current,
            modelGone,
            model,
            plan.MapList ? [.. infos.Values.OfType<MapInfo>().OrderBy(info => info.Frames).Select(info => info.Version)] : null
        );
    }

    private static async Task<T?> ReadAsync<T>(CollectionStore collection, string name, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await collection.ReadAsync<T>(name, cancellationToken).ConfigureAwait(false);
        }
        catch (DamagedArtifactException)
        {
            return null;
        }
    }

    private static async Task DeleteAsync(
        CollectionStore collection,
        RepairPlan plan,
        IReadOnlyList<string> maps,
        CancellationToken cancellationToken
    )
    {
        var names = collection.Names;
        var doomed = new List<string>(plan.Artifacts);
        foreach (var (film, segment) in plan.Segments)
        {
            // Descriptors first: without them the segment is not done, whatever else is still there.
            doomed.AddRange([
                names.Features(film, segment),
                names.Reached(film, segment),
                names.Times(film, segment),
                names.Frames(film, segment, ".jpgs"),
                names.Frames(film, segment, ".npy"),
            ]);
        }

        if (plan.MapList)
        {
            doomed.Add(names.MapList);
        }
        else if (maps.Count > 0)
        {
            await collection.WithdrawMapsAsync(maps, cancellationToken).ConfigureAwait(false);
        }

        foreach (var prefix in maps.Select(map => names.Map(map, "")).Concat(plan.Models.Select(model => names.Model(model, ""))))
        {
            await foreach (var entry in collection.Artifacts.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
            {
                doomed.Add(entry.Name);
            }
        }

        foreach (var name in doomed)
        {
            await collection.Artifacts.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task MakeMapsAsync(
        CollectionStore collection,
        AffectedMaps maps,
        IProgress<ProgressReport> progress,
        CancellationToken cancellationToken
    )
    {
        foreach (var version in maps.Listed?.Except(maps.Gone) ?? [])
        {
            await collection.PublishMapAsync(version, cancellationToken).ConfigureAwait(false);
        }

        var frames = await collection.FramesAsync(cancellationToken).ConfigureAwait(false);
        if (maps.Shown is null || frames.Count == 0 || !maps.Gone.Contains(maps.Shown))
        {
            await dispatcher.MakeMapAsync(collection.Settings.Name, null, progress, cancellationToken).ConfigureAwait(false);
        }
        else if (maps is { Info: { } info, ModelGone: false })
        {
            // The same frames at the same places: the version has the same name again.
            await new MapBuilder(context, dispatcher, collection)
                .MakeAsync(frames, info.Model, info.Stretch, progress, cancellationToken)
                .ConfigureAwait(false);
        }
        else
        {
            var request = new TrainRequest(maps.Model?.Options ?? collection.Settings.Training);
            await dispatcher.MakeMapAsync(collection.Settings.Name, request, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IEnumerable<string> PlansOf(IEnumerable<string> names) =>
        names.Where(name => name.EndsWith("/plan.json", StringComparison.Ordinal)).Select(name => name.Split('/')[^2]);

    /// <summary>Maps before a repair.</summary>
    /// <param name="Gone">Those that go.</param>
    /// <param name="Shown">The one that is shown.</param>
    /// <param name="Info">What is known about it; null where that is damaged.</param>
    /// <param name="ModelGone">Whether the model that made it goes too.</param>
    /// <param name="Model">That model where its numbers can still be read.</param>
    /// <param name="Listed">What the list of maps is to hold where it was damaged.</param>
    private sealed record AffectedMaps(
        IReadOnlyList<string> Gone,
        string? Shown,
        MapInfo? Info,
        bool ModelGone,
        ModelInfo? Model,
        IReadOnlyList<string>? Listed
    );

    [LoggerMessage(LogLevel.Warning, "'{Artifact}' {Problem}; it goes, and what can be made again is")]
    private static partial void LogDamage(ILogger log, string artifact, string problem);
}
