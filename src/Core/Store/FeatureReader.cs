using OrleansAtlas.Errors;

namespace OrleansAtlas.Store;

/// <summary>Reads descriptors out of the store, in the order asked for.</summary>
internal static class FeatureReader
{
    /// <summary>A slice's descriptors, float16 <c>[Count, D]</c>.</summary>
    /// <exception cref="NotFoundException">The segment is not there any more, or shorter than it was.</exception>
    public static async Task<Half[]> ReadAsync(CollectionStore collection, FrameSlice slice, CancellationToken cancellationToken)
    {
        var name = collection.Names.Features(slice.VideoId, slice.Segment);
        var features =
            await collection.ReadArrayAsync<Half>(name, cancellationToken).ConfigureAwait(false)
            ?? throw new NotFoundException($"'{name}' is gone: films were removed while the map was made; run the command again.");
        var dimensions = collection.Settings.Model.Dimensions;
        if (slice is { First: 0, Step: 1 } && features.Values.Length == slice.Count * dimensions)
        {
            return features.Values;
        }

        var rows = new Half[slice.Count * dimensions];
        for (var row = 0; row < slice.Count; row++)
        {
            features.Values.AsSpan((slice.First + row * slice.Step) * dimensions, dimensions).CopyTo(rows.AsSpan(row * dimensions));
        }

        return rows;
    }
}
