using OrleansAtlas.Maps;

namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>The frames of a part of a map that a picture has room for: those that look nearly like another give way.</summary>
public static class VariedFrames
{
    /// <summary>How far they give way where nobody says otherwise.</summary>
    public const double Usual = 0.7;

    // Their looks are 25 MB.
    private const int MostCandidates = 100_000;

    /// <summary>Chooses frames for a layout, which takes of them those whose places fit.</summary>
    /// <param name="map">The map.</param>
    /// <param name="numbers">Frames to choose from, by their numbers on the map, rising.</param>
    /// <param name="needed">How many cells there are, at most as many as frames.</param>
    /// <param name="variety">0 takes any frame, 1 those that differ most.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>At least as many frames as are needed.</returns>
    public static async Task<IReadOnlyList<MapFrame>> ChooseAsync(
        AtlasMap map,
        IReadOnlyList<int> numbers,
        int needed,
        double variety,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(numbers);
        if (variety == 0 || needed == numbers.Count)
        {
            return [.. numbers.Select(number => map[number])];
        }

        // Of very many frames an even share is enough to choose from.
        var step = Math.Max(1, numbers.Count / Math.Max(MostCandidates, 4 * needed));
        int[] candidates = [.. numbers.Where((_, i) => i % step == 0)];
        var looks = await FrameLooks.ReadAsync(map, candidates, cancellationToken).ConfigureAwait(false);
        MapFrame[] frames = [.. candidates.Select(number => map[number])];
        return [.. Variety.Choose(frames, looks, needed, variety, cancellationToken).Select(i => frames[i])];
    }
}
