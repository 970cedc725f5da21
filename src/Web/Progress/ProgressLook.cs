using System.Globalization;
using OrleansAtlas.Maps;
using OrleansAtlas.Numerics;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Api;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Progress;

/// <summary>Looks at a collection again and again: the store alone knows what other processes do. Records and plans are read only of films
/// that are not complete.</summary>
internal sealed class ProgressLook(CollectionStore collection)
{
    private const int FailuresShown = 100;
    private const int NewestShown = 12;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _complete = new(StringComparer.Ordinal);
    private readonly List<string> _newest = [];
    private readonly int _header = Npy.Header<Half>(1, collection.Settings.Model.Dimensions).Length;
    private (int Count, long Bytes) _artifacts = (-1, 0);
    private (string? Version, long Frames) _map;
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
            return _last = _last with { Map = map, OnMap = _map.Frames };
        }

        // What is there at first came long ago, where there is a map of it.
        var films = Read(entries, tell: _last is not null || map is null);
        _artifacts = artifacts;
        var (expected, failures) = (0L, new List<FailureDocument>());
        foreach (var (id, film) in films)
        {
            expected += await ExpectedAsync(id, film, failures, cancellationToken);
        }

        return _last = new ProgressDocument(
            films.Count,
            films.Values.Sum(film => film.Frames),
            expected,
            failures.Count,
            [.. failures.OrderBy(failure => failure.Name, StringComparer.Ordinal).Take(FailuresShown)],
            [.. _newest],
            map,
            _map.Frames
        );
    }

    /// <summary>What is there of each film; tells which frames came since the last look.</summary>
    private Dictionary<string, (int Segments, long Frames)> Read(List<ArtifactEntry> entries, bool tell)
    {
        var films = new Dictionary<string, (int Segments, long Frames)>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var (id, file) = (entry.Name.Split('/')[^2], entry.Name[(entry.Name.LastIndexOf('/') + 1)..]);
            if (file == "video.json")
            {
                films.TryAdd(id, default);
            }
            else if (file.StartsWith("features-", StringComparison.Ordinal))
            {
                var count = (entry.Length - _header) / (2L * collection.Settings.Model.Dimensions);
                var film = films.GetValueOrDefault(id);
                films[id] = (film.Segments + 1, film.Frames + count);
                if (_known.Add(entry.Name) && tell && count > 0)
                {
                    var segment = int.Parse(file["features-".Length..^".npy".Length], CultureInfo.InvariantCulture);
                    _newest.Insert(0, $"/api/v1/collections/{collection.Settings.Name}/films/{id}/frames/{segment}/0");
                }
            }
        }

        _newest.RemoveRange(Math.Min(NewestShown, _newest.Count), Math.Max(0, _newest.Count - NewestShown));
        return films;
    }

    /// <summary>Frames that a film has or will have: those that are there once it is complete or has failed, else as many as are planned.
    /// So what is there is never more than what is expected, and the same in the end.</summary>
    private async Task<long> ExpectedAsync(
        string id,
        (int Segments, long Frames) film,
        List<FailureDocument> failures,
        CancellationToken cancellationToken
    )
    {
        if (_complete.TryGetValue(id, out var known) && film.Segments >= known)
        {
            return film.Frames;
        }

        var record = await collection.VideoAsync(id, cancellationToken);
        if (record?.Failure is { } reason)
        {
            failures.Add(new FailureDocument(record.Name, reason));
        }

        // What failed or was removed is not on its way.
        if (record is null or { Failure: not null } or { Sources.Count: 0 })
        {
            return film.Frames;
        }

        var plan = await collection.PlanAsync(id, cancellationToken);
        if (plan is null || film.Segments < plan.Segments)
        {
            return Math.Max(film.Frames + 1, plan?.Samples ?? 0);
        }

        _complete[id] = plan.Segments;
        return film.Frames;
    }
}
