using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Store;

namespace OrleansAtlas.Rendering.Frames;

/// <summary>The pixels of a map's frames as the store keeps them.</summary>
public sealed class StoredFrames(AtlasMap map, IImageCodec codec) : IFrameSource
{
    private readonly string _extension = map.Collection.Settings.Frames == FrameFormat.Jpeg ? ".jpgs" : ".npy";

    /// <inheritdoc/>
    /// <exception cref="NotFoundException">The film was removed from the collection since the map was made.</exception>
    public async Task<RgbImage> ReadAsync(MapFrame frame, int width, int height, CancellationToken cancellationToken)
    {
        var name = map.Collection.Names.Frames(map.FilmIds[frame.FilmIndex], frame.SegmentNumber, _extension);
        var stream =
            await map.Collection.Artifacts.OpenAsync(name, cancellationToken).ConfigureAwait(false)
            ?? throw new NotFoundException(
                $"The frames of '{map.NameOf(frame.FilmIndex)}' were removed since map {map.Info.Version} was made; make a map "
                    + $"without them: atlas place -c {map.Collection.Settings.Name}"
            );
        var file = await FrameFile.OpenAsync(stream, codec, cancellationToken).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            return await file.ReadAsync(frame.IndexInSegment, cancellationToken).ConfigureAwait(false);
        }
    }
}
