using System.Collections.Concurrent;
using System.Globalization;
using OrleansAtlas.Maps;
using OrleansAtlas.Numerics;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Api;

/// <summary>What is known for good about films that are complete, by collection: shared by everyone who follows.</summary>
internal sealed class CompleteFilms
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, int>> _segments = new(StringComparer.Ordinal);

    /// <summary>Segments of the complete films of a collection.</summary>
    public ConcurrentDictionary<string, int> Of(string collection) => _segments.GetOrAdd(collection, _ => new(StringComparer.Ordinal));
}

/// <summary>Looks at a collection again and again; records and plans are read only of films that are not complete.</summary>
internal sealed class ProgressLook(CollectionStore collection, ConcurrentDictionary<string, int> complete, int newestShown)
{
    private const int FailuresShown = 100;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly int _header = Npy.Header<Half>(1, collection.Settings.Model.Dimensions).Length;
    private (int Count, long Bytes) _artifacts = (-1, 0);
    private (string? Version, long Frames) _map;
    private bool _first = true;
    private ProgressDocument? _last;

    public async Task<ProgressDocument> LookAsync(CancellationToken cancellationToken)
    {
        var map = (await collection.MapsAsync(cancellationToken)).Current;
        if (map != _map.Version)
        {
            _map = (map, map is null ? 0 : (await OpenMaps.InfoAsync(collection, map, cancellationToken))?.Frames ?? 0);
        }

        var entries = new List<ArtifactEntry>();
        await foreach (var entry in collection.Artifacts.ListAsync(collection.Names.Videos, cancellationToken))
        {
            entries.Add(entry);
        }

        // Nothing came, went or grew: a listing is all that a quiet collection costs.
        var artifacts = (entries.Count, entries.Sum(entry => entry.Length));
        if (artifacts == _artifacts && _last is not null)
        {
            return _last = _last with { Map = map, OnMap = _map.Frames, Newest = [] };
        }

        _artifacts = artifacts;
        var (frames, done, films, newest) = (
            0L,
            new Dictionary<string, int>(StringComparer.Ordinal),
            new List<string>(),
            new List<string>()
        );
        foreach (var entry in entries)
        {
            var (id, file) = (entry.Name.Split('/')[^2], entry.Name[(entry.Name.LastIndexOf('/') + 1)..]);
            if (file == "video.json")
            {
                films.Add(id);
            }
            else if (file.StartsWith("features-", StringComparison.Ordinal))
            {
                var count = (entry.Length - _header) / (2L * collection.Settings.Model.Dimensions);
                frames += count;
                done[id] = done.GetValueOrDefault(id) + 1;
                if (_seen.Add(entry.Name) && (!_first || map is null) && count > 0)
                {
                    var segment = int.Parse(file["features-".Length..^".npy".Length], CultureInfo.InvariantCulture);
                    newest.Add(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"/api/collections/{collection.Settings.Name}/films/{id}/frames/{segment}/0"
                        )
                    );
                }
            }
        }

        _first = false;
        var (segments, failures) = await FilmsAsync(films, done, cancellationToken);
        return _last = new ProgressDocument(
            films.Count,
            frames,
            done.Values.Sum(),
            segments,
            failures,
            [.. newest.TakeLast(newestShown)],
            map,
            _map.Frames
        );
    }

    private async Task<(int Segments, IReadOnlyList<FailureDocument> Failures)> FilmsAsync(
        List<string> films,
        Dictionary<string, int> done,
        CancellationToken cancellationToken
    )
    {
        var (segments, failures) = (0, new List<FailureDocument>());
        foreach (var id in films)
        {
            if (complete.TryGetValue(id, out var known) && done.GetValueOrDefault(id) >= known)
            {
                segments += known;
                continue;
            }

            if (await collection.VideoAsync(id, cancellationToken) is { Failure: { } reason } record)
            {
                // What is missing of it is not on its way.
                failures.Add(new FailureDocument(record.Name, reason));
                segments += done.GetValueOrDefault(id);
                continue;
            }

            var planned = (await collection.PlanAsync(id, cancellationToken))?.Segments ?? 0;
            segments += planned;
            if (planned > 0 && done.GetValueOrDefault(id) >= planned)
            {
                complete[id] = planned;
            }
        }

        return (segments, [.. failures.OrderBy(failure => failure.Name, StringComparer.Ordinal).Take(FailuresShown)]);
    }
}
