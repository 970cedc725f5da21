using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Rendering.Drawing;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Tiles;

/// <summary>Stored frames in the sizes that tiles need; small ones are kept in memory, since the next zoom shows them again.</summary>
internal sealed class FramePictures(WebMapOptions options)
{
    private const long CacheBytes = 64 << 20;
    private const int LargestKept = 128 * 128;

    private readonly BoundedCache<(string Version, int Frame, int Width), RgbImage> _small = new(
        CacheBytes,
        image => image.Pixels.Length + 100
    );

    /// <summary>A frame cropped and scaled to this size; grey where the film was removed since.</summary>
    public async Task<RgbImage> ReadAsync(OpenMap map, int number, int width, int height, CancellationToken cancellationToken)
    {
        var key = (map.Map.Info.Version, number, width);
        if (_small.TryGet(key, out var kept))
        {
            return kept;
        }

        var file = await OpenAsync(map.Map, number, cancellationToken);
        if (file is null)
        {
            return new Canvas(width, height, Palette.Other).Image;
        }

        await using (file)
        {
            var index = map.Map[number].IndexInSegment;
            var stored = file is FramePack pack
                ? options.Images.Decode(await pack.ReadJpegAsync(index, cancellationToken), width, height)
                : await file.ReadAsync(index, cancellationToken);
            var image = Resampler.Cover(stored, width, height);
            if (width * height <= LargestKept)
            {
                _small.Add(key, image);
            }

            return image;
        }
    }

    /// <summary>A frame's stored picture as JPEG; null where the film was removed since.</summary>
    public async Task<byte[]?> JpegAsync(AtlasMap map, int number, CancellationToken cancellationToken)
    {
        var file = await OpenAsync(map, number, cancellationToken);
        if (file is null)
        {
            return null;
        }

        await using (file)
        {
            return await JpegAsync(file, map[number].IndexInSegment, cancellationToken);
        }
    }

    /// <summary>A stored picture by film, segment and place in it, whether or not it is on a map; null where there is none.</summary>
    public async Task<byte[]?> JpegAsync(
        CollectionStore collection,
        string film,
        int segment,
        int index,
        CancellationToken cancellationToken
    )
    {
        var file = await OpenAsync(collection, film, segment, cancellationToken);
        if (file is null)
        {
            return null;
        }

        await using (file)
        {
            return index < file.Count ? await JpegAsync(file, index, cancellationToken) : null;
        }
    }

    private async Task<byte[]> JpegAsync(FrameFile file, int index, CancellationToken cancellationToken) =>
        file is FramePack pack
            ? await pack.ReadJpegAsync(index, cancellationToken)
            : options.Images.EncodeJpeg(await file.ReadAsync(index, cancellationToken), 85);

    private Task<FrameFile?> OpenAsync(AtlasMap map, int number, CancellationToken cancellationToken)
    {
        var frame = map[number];
        return OpenAsync(map.Collection, map.FilmIds[frame.FilmIndex], frame.SegmentNumber, cancellationToken);
    }

    private async Task<FrameFile?> OpenAsync(CollectionStore collection, string film, int segment, CancellationToken cancellationToken)
    {
        var name = collection.Names.Frames(film, segment, collection.Settings.Frames == FrameFormat.Jpeg ? ".jpgs" : ".npy");
        return await collection.Artifacts.OpenAsync(name, cancellationToken) is { } stream
            ? await FrameFile.OpenAsync(stream, options.Images, cancellationToken)
            : null;
    }
}
