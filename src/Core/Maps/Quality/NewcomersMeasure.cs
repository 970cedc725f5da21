using OrleansAtlas.Store;

namespace OrleansAtlas.Maps.Quality;

/// <summary>Measures how films that came after the training lie on a map.</summary>
internal static class NewcomersMeasure
{
    private const int Sampled = 500;

    /// <param name="reduced">Vectors of the frames that are judged, <c>[n, width]</c>.</param>
    /// <param name="places">Their positions, <c>[n, 2]</c>.</param>
    /// <param name="width">Numbers a vector has.</param>
    /// <param name="known">Of each, whether its film was in training.</param>
    /// <param name="kept">Neighbours that the whole map keeps.</param>
    /// <param name="step">Frames of the map for each one that is judged.</param>
    /// <param name="cancellationToken">Looked at every few frames.</param>
    /// <returns>Null where all are known, or too few are.</returns>
    public static Newcomers? Of(
        float[] reduced,
        float[] places,
        int width,
        bool[] known,
        double kept,
        int step,
        CancellationToken cancellationToken
    )
    {
        int[] all = [.. Enumerable.Range(0, known.Length)];
        int[] old = [.. all.Where(i => known[i])];
        int[] added = [.. all.Where(i => !known[i])];
        if (added.Length == 0 || old.Length < 3)
        {
            return null;
        }

        var before = MapQuality.Measure(
            Rows(reduced, width, old),
            Rows(places, 2, old),
            width,
            cancellationToken,
            chosen: Spread([.. Enumerable.Range(0, old.Length)])
        );
        var now = MapQuality.Measure(reduced, places, width, cancellationToken, chosen: Spread(added));
        return new Newcomers((long)added.Length * step, now.NeighboursKept, before.NeighboursKept, before.NeighboursKept - kept);
    }

    /// <summary>Whether each frame's film is among these, in the order of the map.</summary>
    public static IEnumerable<bool> Known(FrameSet frames, MapFilms trained)
    {
        var ids = trained.Films.Select(film => film.Id).ToHashSet(StringComparer.Ordinal);
        return frames.Films.SelectMany(film => Enumerable.Repeat(ids.Contains(film.Id), film.Count));
    }

    private static int[] Spread(int[] frames) =>
        frames.Length <= Sampled ? frames : [.. Enumerable.Range(0, Sampled).Select(i => frames[(int)((long)i * frames.Length / Sampled)])];

    private static float[] Rows(float[] values, int width, int[] chosen)
    {
        var rows = new float[chosen.Length * width];
        for (var i = 0; i < chosen.Length; i++)
        {
            values.AsSpan(chosen[i] * width, width).CopyTo(rows.AsSpan(i * width));
        }

        return rows;
    }
}
