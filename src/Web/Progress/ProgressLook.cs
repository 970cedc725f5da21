using OrleansAtlas.Maps;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Api;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Progress;

/// <summary>Looks at a collection again and again: the store alone knows what other processes do. Plans are read only of films that are not
/// complete, records of those and where they changed.</summary>
internal sealed class ProgressLook(CollectionStore collection, TimeProvider clock)
{
    private const int TroublesShown = 100;
    private const int NewestShown = 12;

    // Disks are not asked for every film at every look.
    private static readonly TimeSpan GonePause = TimeSpan.FromMinutes(1);

    private readonly HashSet<(string, int)> _known = [];
    private readonly Dictionary<string, int> _complete = new(StringComparer.Ordinal);
    private readonly FilmTroubles _troubles = new(collection);
    private readonly List<string> _newest = [];
    private (int Count, long Bytes) _artifacts = (-1, 0);
    private (string? Version, long Frames) _map;
    private long _asked;
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

        // Nothing came, went or grew: a listing is all that a quiet collection costs, and now and then a look at its films' files.
        var artifacts = (entries.Count, entries.Sum(entry => entry.Length));
        var isQuiet = artifacts == _artifacts && _last is not null;
        if (isQuiet && clock.GetElapsedTime(_asked) < GonePause)
        {
            return _last = _last! with { Map = map, OnMap = _map.Frames };
        }

        if (!isQuiet)
        {
            _last = await CountAsync(entries, cancellationToken);
            _artifacts = artifacts;
        }

        var troubles = await _troubles.AllAsync(cancellationToken);
        _asked = clock.GetTimestamp();
        return _last = _last! with
        {
            Failed = troubles.Count(trouble => trouble.Kind == TroubleKind.Failed),
            Damaged = troubles.Count(trouble => trouble.Kind == TroubleKind.Damaged),
            Gone = troubles.Count(trouble => trouble.Kind == TroubleKind.Gone),
            Failures = [.. troubles.OrderBy(trouble => trouble.Name, StringComparer.Ordinal).Take(TroublesShown)],
            Map = map,
            OnMap = _map.Frames,
        };
    }

    private async Task<ProgressDocument> CountAsync(List<ArtifactEntry> entries, CancellationToken cancellationToken)
    {
        var segments = new SegmentListing(collection.Settings);
        var films = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            segments.Add(entry);
            if (entry.Name.Split('/') is [_, _, var id, "video.json"])
            {
                films[id] = entry.Length;
            }
        }

        _troubles.Keep(films.Keys);

        // What is there at first came long ago, where there is a map of it.
        var tell = _last is not null || _map.Version is null;
        var (frames, expected) = (0L, 0L);
        foreach (var (id, length) in films)
        {
            var done = segments.Done(id).ToList();
            var count = done.Sum(segment => (long)segment.Count);
            Note(id, done, tell);
            frames += count;
            expected += await ExpectedAsync((id, length), done.Count, count, cancellationToken);
        }

        _newest.RemoveRange(Math.Min(NewestShown, _newest.Count), Math.Max(0, _newest.Count - NewestShown));
        return new ProgressDocument(films.Count, frames, expected, 0, 0, 0, [], [.. _newest], null, 0);
    }

    /// <summary>Remembers which segments came since the last look.</summary>
    private void Note(string id, List<SegmentFrames> done, bool tell)
    {
        foreach (var segment in done)
        {
            if (_known.Add((id, segment.Segment)) && tell && segment.Count > 0)
            {
                _newest.Insert(0, $"/api/v1/collections/{collection.Settings.Name}/films/{id}/frames/{segment.Segment}/0");
            }
        }
    }

    /// <summary>Frames that a film has or will have: those that are there once it is complete or has failed, else as many as are planned.
    /// So what is there is never more than what is expected, and the same in the end.</summary>
    private async Task<long> ExpectedAsync((string Id, long Length) film, int segments, long frames, CancellationToken cancellationToken)
    {
        var (id, length) = film;
        if (_complete.TryGetValue(id, out var known) && segments >= known && _troubles.Knows(id, length))
        {
            return frames;
        }

        // What failed or was removed is not on its way.
        var record = await _troubles.ReadAsync(id, length, cancellationToken);
        if (record is null or { Failure: not null } or { Sources.Count: 0 })
        {
            return frames;
        }

        var plan = await collection.PlanAsync(id, cancellationToken);
        if (plan is null || segments < plan.Segments)
        {
            return Math.Max(frames + 1, plan?.Samples ?? 0);
        }

        _complete[id] = plan.Segments;
        return frames;
    }
}
