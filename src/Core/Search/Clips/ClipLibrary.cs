using OrleansAtlas.Errors;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Search.Clips;

/// <summary>The films of a map as clips.</summary>
/// <param name="Map">The map.</param>
/// <param name="Clips">A clip for each film that is still there, in the order of the map.</param>
public sealed record ClipLibrary(AtlasMap Map, IReadOnlyList<Clip> Clips)
{
    /// <summary>Reads the reduced vectors of a map.</summary>
    /// <exception cref="AtlasException">A file of the map is gone or damaged.</exception>
    public static async Task<ClipLibrary> ReadAsync(AtlasMap map, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(map);
        var name = map.Collection.Names.Map(map.Info.Version, "reduced.npy");
        var reduced =
            await map.Collection.ReadArrayAsync<float>(name, cancellationToken).ConfigureAwait(false)
            ?? throw new NotFoundException($"Map {map.Info.Version} has lost its file reduced.npy; make it again with atlas place.");
        var width = reduced.Shape[1];
        Clip.Unit(reduced.Values, width);
        var clips = new List<Clip>();
        for (var first = 0; first < map.Count; )
        {
            var film = map[first].FilmIndex;
            var end = first + 1;
            while (end < map.Count && map[end].FilmIndex == film)
            {
                end++;
            }

            if (map.Films[film] is not null)
            {
                clips.Add(
                    new Clip(
                        map.NameOf(film),
                        film,
                        map.Times[first..end],
                        reduced.Values[(first * width)..(end * width)],
                        map.Positions[(2 * first)..(2 * end)],
                        first
                    )
                );
            }

            first = end;
        }

        return new ClipLibrary(map, clips);
    }
}
