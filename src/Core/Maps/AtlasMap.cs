using OrleansAtlas.Errors;
using OrleansAtlas.Store;

namespace OrleansAtlas.Maps;

/// <summary>A map read from the store: which frame is where.</summary>
public sealed class AtlasMap
{
    private readonly (int Film, int Segment, int Index)[] _places;

    private AtlasMap(
        CollectionStore collection,
        MapInfo info,
        IReadOnlyList<VideoRecord?> films,
        MapFilms order,
        double[] times,
        float[] positions,
        float[] trust
    )
    {
        (Collection, Info, Films, Times, Positions, Trust) = (collection, info, films, times, positions, trust);
        FilmIds = [.. order.Films.Select(film => film.Id)];
        _places =
        [
            .. order.Films.SelectMany(
                (film, number) =>
                    film.Segments.SelectMany(segment =>
                        Enumerable.Range(0, segment.Count).Select(index => (number, segment.Segment, index))
                    )
            ),
        ];
    }

    /// <summary>The collection it is of.</summary>
    public CollectionStore Collection { get; }

    /// <summary>What is known about it.</summary>
    public MapInfo Info { get; }

    /// <summary>Its films in order; null for one that was removed since.</summary>
    public IReadOnlyList<VideoRecord?> Films { get; }

    /// <summary>Content ids of its films in order.</summary>
    public IReadOnlyList<string> FilmIds { get; }

    /// <summary>Presentation times in seconds, <c>[n]</c>.</summary>
    public double[] Times { get; }

    /// <summary>Positions in [0, 1]^2, <c>[n, 2]</c>.</summary>
    public float[] Positions { get; }

    /// <summary>Share of each frame's true neighbours that are its neighbours on the map, <c>[n]</c>.</summary>
    public float[] Trust { get; }

    /// <summary>Frames on the map.</summary>
    public int Count => Times.Length;

    /// <summary>A frame by its number in the order of the arrays.</summary>
    public MapFrame this[int number]
    {
        get
        {
            var (film, segment, index) = _places[number];
            return new MapFrame(film, segment, index, Times[number], Positions[2 * number], Positions[2 * number + 1]);
        }
    }

    /// <summary>All frames whose film is still there.</summary>
    public IReadOnlyList<MapFrame> Frames =>
        [.. Enumerable.Range(0, Count).Select(number => this[number]).Where(frame => Films[frame.FilmIndex] is not null)];

    /// <summary>What a film is called.</summary>
    public string NameOf(int film) => Films[film]?.Name ?? FilmIds[film];

    /// <summary>Reads a map that is complete.</summary>
    /// <exception cref="AtlasException">A file of it is gone or damaged.</exception>
    public static async Task<AtlasMap> ReadAsync(CollectionStore collection, MapInfo info, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(info);
        var order =
            await collection.ReadAsync<MapFilms>(collection.Names.Map(info.Version, "films.json"), cancellationToken).ConfigureAwait(false)
            ?? throw Gone(collection, info, "films.json");
        var films = new List<VideoRecord?>();
        foreach (var film in order.Films)
        {
            films.Add(await collection.VideoAsync(film.Id, cancellationToken).ConfigureAwait(false));
        }

        return new AtlasMap(
            collection,
            info,
            films,
            order,
            await ArrayAsync<double>(collection, info, "times.npy", cancellationToken).ConfigureAwait(false),
            await ArrayAsync<float>(collection, info, "positions.npy", cancellationToken).ConfigureAwait(false),
            await ArrayAsync<float>(collection, info, "trust.npy", cancellationToken).ConfigureAwait(false)
        );
    }

    private static async Task<T[]> ArrayAsync<T>(CollectionStore collection, MapInfo info, string file, CancellationToken cancellationToken)
        where T : unmanaged =>
        (
            await collection.ReadArrayAsync<T>(collection.Names.Map(info.Version, file), cancellationToken).ConfigureAwait(false)
            ?? throw Gone(collection, info, file)
        ).Values;

    private static DamagedArtifactException Gone(CollectionStore collection, MapInfo info, string file) =>
        new(collection.Names.Map(info.Version, file), $"Map {info.Version} has lost its file {file}");
}
