using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Frames;
using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Rendering.Sheets;

/// <summary>The pictures of clips: of the library out of the store, of a clip that was asked for from where they are.</summary>
/// <param name="map">The library.</param>
/// <param name="codec">Reads pictures.</param>
/// <param name="jpegs">Pictures of the clip from outside the library; null where there is none.</param>
public sealed class ClipFrames(AtlasMap map, IImageCodec codec, IReadOnlyList<byte[]>? jpegs = null)
{
    private readonly CutFrames _stored = Cut(new StoredFrames(map, codec), map);

    /// <summary>Reads a clip's frame by its number in the clip.</summary>
    public Task<RgbImage> ReadAsync(Clip clip, int index, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return clip.Film < 0
            ? Task.FromResult(codec.Decode(jpegs![index]))
            : _stored.ReadAsync(map[clip.First + index], 0, 0, cancellationToken);
    }

    private static CutFrames Cut(StoredFrames stored, AtlasMap map) => new(stored, new FilmBars(map, stored));
}
