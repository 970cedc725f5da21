using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Store;

namespace OrleansAtlas.Search.Copies;

/// <summary>Reads films' frames as small grey pictures out of the store.</summary>
/// <param name="map">The films.</param>
/// <param name="codec">Decodes the stored frames.</param>
internal sealed class ThumbnailReader(AtlasMap map, IImageCodec codec)
{
    private readonly string _extension = map.Collection.Settings.Frames == FrameFormat.Jpeg ? ".jpgs" : ".npy";

    /// <summary>All frames of a clip of the library.</summary>
    public async Task<Thumbnails> ReadAsync(Clip clip, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var grey = new byte[clip.Count * Thumbnails.Size];
        for (var frame = 0; frame < clip.Count; )
        {
            var segment = map[clip.First + frame].SegmentNumber;
            var name = map.Collection.Names.Frames(map.FilmIds[clip.Film], segment, _extension);
            var stream =
                await map.Collection.Artifacts.OpenAsync(name, cancellationToken).ConfigureAwait(false)
                ?? throw new NotFoundException(
                    $"The frames of '{clip.Name}' were removed since map {map.Info.Version} was made; make a map without them: "
                        + $"atlas place -c {map.Collection.Settings.Name}"
                );
            var file = await FrameFile.OpenAsync(stream, codec, cancellationToken).ConfigureAwait(false);
            await using (file.ConfigureAwait(false))
            {
                for (; frame < clip.Count && map[clip.First + frame].SegmentNumber == segment; frame++)
                {
                    var image = await file.ReadAsync(map[clip.First + frame].IndexInSegment, cancellationToken).ConfigureAwait(false);
                    Thumbnails.Shrink(image, grey.AsSpan(frame * Thumbnails.Size, Thumbnails.Size));
                }
            }
        }

        return new Thumbnails(clip.Times, grey);
    }
}
