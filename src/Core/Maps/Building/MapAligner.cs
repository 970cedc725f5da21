using OrleansAtlas.Store;

namespace OrleansAtlas.Maps.Building;

/// <summary>Finds how a new model's codes must be turned to meet the map that is shown.</summary>
internal static class MapAligner
{
    // Fewer frames in common say little about how two maps lie.
    private const int FewestFrames = 10;

    /// <returns>Null where there is nothing to meet.</returns>
    public static async Task<Alignment?> FindAsync(
        CollectionStore collection,
        FrameSet frames,
        string model,
        float[] codes,
        CancellationToken cancellationToken
    )
    {
        if ((await collection.MapsAsync(cancellationToken).ConfigureAwait(false)).Current is not { } current)
        {
            return null;
        }

        var shown = await collection.OpenMapAsync(current, cancellationToken).ConfigureAwait(false);
        if (shown.Model == model)
        {
            return shown.Stretch.Alignment;
        }

        var (ours, theirs, row) = (new List<float>(), new List<float>(), 0);
        foreach (var film in frames.Films)
        {
            var name = collection.Names.Placed(film.Id, PlacedFrames.Version(shown.Model, film));
            if (await collection.ReadArrayAsync<float>(name, cancellationToken).ConfigureAwait(false) is { } placed)
            {
                ours.AddRange(codes.AsSpan(2 * row, 2 * film.Count));
                theirs.AddRange(PlacedFrames.Codes(placed));
            }

            row += film.Count;
        }

        return ours.Count < 2 * FewestFrames ? null : Alignment.Of(ours.ToArray(), shown.Stretch.Align([.. theirs]));
    }
}
