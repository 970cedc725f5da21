using OrleansAtlas.Errors;
using OrleansAtlas.Numerics;
using OrleansAtlas.Store;

namespace OrleansAtlas.Maps;

/// <summary>The artifact of a placed film: float32 <c>[n, 2 + k]</c>, code and then reduced vector of each frame.</summary>
internal static class PlacedFrames
{
    /// <summary>A name made from the model and the film's frames: a film that got more frames is placed again.</summary>
    public static string Version(string model, FilmFrames frames) => $"{model}-{ArtifactNames.Version(frames.Fingerprint)}";

    public static byte[] ToBytes(IEnumerable<(float[] Reduced, float[] Codes)> segments, int count, int components)
    {
        var width = components + 2;
        var rows = new float[count * width];
        var row = 0;
        foreach (var (reduced, codes) in segments)
        {
            for (var i = 0; i < codes.Length / 2; i++, row++)
            {
                codes.AsSpan(2 * i, 2).CopyTo(rows.AsSpan(row * width));
                reduced.AsSpan(i * components, components).CopyTo(rows.AsSpan(row * width + 2));
            }
        }

        return Npy.ToBytes<float>(rows, count, width);
    }

    /// <summary>The codes alone, <c>[n, 2]</c>.</summary>
    public static float[] Codes(NpyArray<float> rows)
    {
        var (count, width) = (rows.Shape[0], rows.Shape[1]);
        var codes = new float[count * 2];
        for (var row = 0; row < count; row++)
        {
            rows.Values.AsSpan(row * width, 2).CopyTo(codes.AsSpan(row * 2));
        }

        return codes;
    }

    /// <summary>Reads a film's codes and reduced vectors.</summary>
    public static async Task<(float[] Codes, float[] Reduced)> ReadAsync(
        CollectionStore collection,
        FilmFrames film,
        string model,
        CancellationToken cancellationToken
    )
    {
        var name = collection.Names.Placed(film.Id, Version(model, film));
        var rows =
            await collection.ReadArrayAsync<float>(name, cancellationToken).ConfigureAwait(false)
            ?? throw new NotFoundException($"'{name}' is gone: films were removed while the map was made; run the command again.");
        var (count, width) = (rows.Shape[0], rows.Shape[1]);
        var reduced = new float[count * (width - 2)];
        for (var row = 0; row < count; row++)
        {
            rows.Values.AsSpan(row * width + 2, width - 2).CopyTo(reduced.AsSpan(row * (width - 2)));
        }

        return (Codes(rows), reduced);
    }
}
