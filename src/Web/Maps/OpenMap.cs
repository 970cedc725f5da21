using OrleansAtlas.Indexing;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Web.Maps;

/// <summary>A map version held open: which frame is where, and what is shown of it. Never changes, since a version never does.</summary>
internal sealed class OpenMap
{
    private const int FiltersHeld = 4;

    private readonly Recent<string, MapSelection> _selections = new(FiltersHeld);
    private readonly Recent<string, FilmArrivals> _arrivals = new(1);
    private readonly Lazy<int[]> _starts;
    private readonly Lazy<FilmGroups> _groups;
    private readonly Lazy<Dictionary<string, int>> _filmNumbers;

    /// <param name="map">The map.</param>
    public OpenMap(AtlasMap map)
    {
        Map = map;
        _starts = new(FilmStarts);
        _groups = new(() => new FilmGroups([.. map.FilmIds.Select((_, film) => map.NameOf(film))], CountOf));
        _filmNumbers = new(() => map.FilmIds.Index().ToDictionary(film => film.Item, film => film.Index, StringComparer.Ordinal));
    }

    /// <summary>The map.</summary>
    public AtlasMap Map { get; }

    /// <summary>Shape of a picture on the map, and so of the plane as it is shown: width over height of most frames.</summary>
    public double Aspect => field == 0 ? field = CommonAspect() : field;

    /// <summary>What a filter shows.</summary>
    public async Task<MapSelection> SelectAsync(MapFilter filter)
    {
        var arrivals = filter.Since is null
            ? null
            : await _arrivals.GetAsync(Map.Info.Version, () => FilmArrivals.ReadAsync(Map.Collection, CancellationToken.None));
        return await _selections.GetAsync(filter.Key, () => new MapSelection(Map, Members(filter, arrivals)));
    }

    /// <summary>Number of a film on the map, or nothing.</summary>
    public int? FilmNumber(string id) => _filmNumbers.Value.TryGetValue(id, out var number) ? number : null;

    /// <summary>Numbers of a film's frames: they follow each other in time.</summary>
    public Range FramesOf(int film) => _starts.Value[film].._starts.Value[film + 1];

    /// <summary>Last time of a film that is on the map, at least 0.</summary>
    public double LengthOf(int film) => Map.Films[film]?.Info?.Duration ?? 0;

    /// <summary>Frames of a film on the map.</summary>
    public int CountOf(int film) => _starts.Value[film + 1] - _starts.Value[film];

    /// <summary>Groups of films, each with a colour of its own.</summary>
    public IReadOnlyList<FilmGroup> Groups => _groups.Value.All;

    /// <summary>Number of the group that a film belongs to.</summary>
    public int GroupOf(int film) => _groups.Value.Of(film);

    private int[] Members(MapFilter filter, FilmArrivals? arrivals)
    {
        var members = new List<int>(Map.Count);
        for (var film = 0; film < Map.Films.Count; film++)
        {
            if (Map.Films[film] is { } record && filter.Shows(record, GroupOf(film), arrivals?.Of(record)))
            {
                members.AddRange(Enumerable.Range(FramesOf(film).Start.Value, CountOf(film)));
            }
        }

        return [.. members];
    }

    private int[] FilmStarts()
    {
        var starts = new int[Map.Films.Count + 1];
        for (var number = 0; number < Map.Count; number++)
        {
            starts[Map[number].FilmIndex + 1]++;
        }

        for (var film = 0; film < Map.Films.Count; film++)
        {
            starts[film + 1] += starts[film];
        }

        return starts;
    }

    private double CommonAspect()
    {
        var shapes = Map
            .Films.Index()
            .Where(film => film.Item?.Info is not null)
            .Select(film => (Aspect: (double)film.Item!.Info!.DisplayWidth / film.Item.Info.DisplayHeight, Frames: CountOf(film.Index)))
            .OrderBy(film => film.Aspect)
            .ToList();
        var half = shapes.Sum(film => (long)film.Frames) / 2;
        foreach (var (aspect, frames) in shapes)
        {
            half -= frames;
            if (half <= 0)
            {
                return aspect >= 1 ? 16.0 / 9 : 9.0 / 16;
            }
        }

        return 16.0 / 9;
    }
}
