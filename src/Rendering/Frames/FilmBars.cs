using System.Collections.Concurrent;
using OrleansAtlas.Maps;

namespace OrleansAtlas.Rendering.Frames;

/// <summary>The black bars of a map's films, each film's found once, when the first of its frames is asked for. Safe for several
/// threads.</summary>
/// <param name="map">The films.</param>
/// <param name="stored">Reads frames as they are stored.</param>
/// <param name="keep">Whether bars are left on: then no film has any.</param>
public sealed class FilmBars(AtlasMap map, IFrameSource stored, bool keep = false)
{
    /// <summary>Frames with light in them that tell enough; where the first two reach to all four edges, no more are looked at.</summary>
    private const int Enough = 10;

    /// <summary>Frames that are looked at at most, of a film in the dark.</summary>
    private const int Most = 24;

    private const double GoldenSection = 0.6180339887;

    private readonly ConcurrentDictionary<int, Task<BlackBars>> _bars = new();
    private readonly Lazy<ILookup<int, int>> _numbers = new(() => Enumerable.Range(0, map.Count).ToLookup(number => map[number].FilmIndex));

    /// <summary>Films that were found to have bars, by their numbers on the map.</summary>
    public IReadOnlyList<(int Film, BlackBars Bars)> Found =>
        [
            .. _bars
                .Where(film => film.Value.IsCompletedSuccessfully)
                .Select(film => (Film: film.Key, Bars: film.Value.GetAwaiter().GetResult()))
                .Where(film => film.Bars != BlackBars.None)
                .OrderBy(film => film.Film),
        ];

    /// <summary>The bars of a film; <see cref="BlackBars.None"/> for most.</summary>
    /// <param name="film">Its number on the map.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<BlackBars> OfAsync(int film, CancellationToken cancellationToken)
    {
        if (keep)
        {
            return BlackBars.None;
        }

        var found = _bars.GetOrAdd(film, _ => FindAsync(film, cancellationToken));
        try
        {
            return await found.ConfigureAwait(false);
        }
        catch when (_bars.TryRemove(new(film, found)))
        {
            throw;
        }
    }

    private async Task<BlackBars> FindAsync(int film, CancellationToken cancellationToken)
    {
        BarFinder? finder = null;
        var size = (Width: 0, Height: 0);
        foreach (var number in Spread([.. _numbers.Value[film]]))
        {
            var frame = await stored.ReadAsync(map[number], 0, 0, cancellationToken).ConfigureAwait(false);
            if (finder is null)
            {
                size = (frame.Width, frame.Height);
                finder = new BarFinder(frame.Width, frame.Height);
            }

            // A stream may change its size on the way; what was found before says nothing about other frames.
            if (size != (frame.Width, frame.Height))
            {
                return BlackBars.None;
            }

            finder.Add(frame);
            if (!finder.IsOpen)
            {
                return BlackBars.None;
            }

            if (finder.Frames == Enough)
            {
                break;
            }
        }

        return finder?.Find() ?? BlackBars.None;
    }

    /// <summary>Evenly spread frames in an order in which any first few are spread as well: by multiples of the golden section.</summary>
    private static IEnumerable<int> Spread(int[] numbers)
    {
        var count = Math.Min(Most, numbers.Length);
        return Enumerable
            .Range(0, count)
            .OrderBy(i => i * GoldenSection % 1)
            .Select(i => numbers[(int)(((2L * i) + 1) * numbers.Length / (2L * count))]);
    }
}
