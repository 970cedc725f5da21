using OrleansAtlas.Store;

namespace OrleansAtlas.Web.Api;

/// <summary>Looks at a collection again and again; records and plans of films are read once, unless something about them can still change.</summary>
internal sealed class ProgressLook(CollectionStore collection, int newestShown)
{
    private readonly Dictionary<string, (int Segments, string? Failure, string Name)> _films = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _artifacts = -1;
    private bool _first = true;
    private ProgressDocument? _last;

    public async Task<ProgressDocument> LookAsync(CancellationToken cancellationToken)
    {
        var map = (await collection.MapsAsync(cancellationToken)).Current;
        var entries = new List<ArtifactEntry>();
        await foreach (var entry in collection.Artifacts.ListAsync(collection.Names.Videos, cancellationToken))
        {
            entries.Add(entry);
        }

        // Nothing came and nothing went: a listing is all that a quiet collection costs.
        if (entries.Count == _artifacts && _last is not null)
        {
            return _last = _last with { Map = map, Newest = [] };
        }

        _artifacts = entries.Count;
        var (segments, newest) = (0, new List<string>());
        foreach (var entry in entries)
        {
            var (id, file) = (entry.Name.Split('/')[^2], entry.Name[(entry.Name.LastIndexOf('/') + 1)..]);
            if (file.StartsWith("features-", StringComparison.Ordinal))
            {
                segments++;
                if (_seen.Add(entry.Name) && !_first && newest.Count < newestShown)
                {
                    newest.Add($"/api/collections/{collection.Settings.Name}/films/{id}/frames/{int.Parse(file["features-".Length..^".npy".Length], System.Globalization.CultureInfo.InvariantCulture)}/0");
                }
            }
            else if (file == "video.json" && !(_films.TryGetValue(id, out var known) && known.Segments > 0))
            {
                var record = await collection.VideoAsync(id, cancellationToken);
                var plan = await collection.PlanAsync(id, cancellationToken);
                _films[id] = (plan?.Segments ?? 0, record?.Failure, record?.Name ?? id);
            }
        }

        _first = false;
        var frames = (await collection.FramesAsync(cancellationToken)).Count;
        var failures = _films.Values.Where(film => film.Failure is not null).OrderBy(film => film.Name, StringComparer.Ordinal).Take(100).Select(film => new FailureDocument(film.Name, film.Failure!));
        return _last = new ProgressDocument(_films.Count, frames, segments, _films.Values.Sum(film => film.Segments), [.. failures], newest, map);
    }
}
