using System.Globalization;
using OrleansAtlas.Errors;
using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Media;
using OrleansAtlas.Numerics;
using OrleansAtlas.Runtime;
using OrleansAtlas.Search.Pictures;
using OrleansAtlas.Store;

namespace OrleansAtlas.Search.Copies;

/// <summary>Films' thumbnails, eight a second: out of the store, or decoded from the films where they are not there yet, and stored. Of a
/// film that cannot be decoded any more the stored frames stand in.</summary>
internal sealed class ThumbnailStore(AtlasMap map, IImageCodec codec, CopySources sources)
{
    // A film takes 150 MB at most.
    private const int Held = 8;

    private readonly RecentlyUsed<int, FilmThumbnails> _held = new(Held);
    private readonly Lazy<(int First, int Count)[]> _frames = new(() => FramesOf(map));

    private readonly string _version = ArtifactNames.Version(
        "thumbnails",
        Thumbnails.Side.ToString(CultureInfo.InvariantCulture),
        ThumbnailDecoder.Rate.ToString(CultureInfo.InvariantCulture),
        map.Collection.Settings.Profile.Decoder
    );

    /// <summary>Why what was made is not in the store; null where it is.</summary>
    public string? NotKept { get; private set; }

    /// <summary>A film's thumbnails.</summary>
    /// <param name="film">Its number on the map.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task<FilmThumbnails> ReadAsync(int film, CancellationToken cancellationToken) =>
        _held.GetAsync(film, () => LoadAsync(film, cancellationToken), cancellationToken);

    private async Task<FilmThumbnails> LoadAsync(int film, CancellationToken cancellationToken)
    {
        var (collection, id) = (map.Collection, map.FilmIds[film]);
        var (pictures, times) = (collection.Names.Thumbnails(id, _version), collection.Names.ThumbnailTimes(id, _version));
        if (
            await collection.ReadArrayAsync<byte>(pictures, cancellationToken).ConfigureAwait(false) is { } kept
            && await collection.ReadArrayAsync<double>(times, cancellationToken).ConfigureAwait(false) is { } at
        )
        {
            return new FilmThumbnails(new Thumbnails(at.Values, kept.Values), null);
        }

        var isPhoto = map.Films[film]?.Info?.Kind == MediaKind.Photo;
        var (made, lacking) = isPhoto ? (null, null) : await DecodeAsync(film, cancellationToken).ConfigureAwait(false);
        made ??= await StoredAsync(film, cancellationToken).ConfigureAwait(false);
        if (lacking is null)
        {
            await KeepAsync(id, made, cancellationToken).ConfigureAwait(false);
        }

        return new FilmThumbnails(made, lacking);
    }

    private async Task KeepAsync(string id, Thumbnails made, CancellationToken cancellationToken)
    {
        var (names, store) = (map.Collection.Names, map.Collection.Artifacts);
        try
        {
            await store
                .TryAddAsync(names.ThumbnailTimes(id, _version), Npy.ToBytes<double>(made.Times, made.Count), cancellationToken)
                .ConfigureAwait(false);
            await store
                .TryAddAsync(
                    names.Thumbnails(id, _version),
                    Npy.ToBytes<byte>(made.Grey, made.Count, Thumbnails.Side, Thumbnails.Side),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (StoreException error)
        {
            // A store that is only read is searched all the same.
            NotKept = error.Message;
        }
    }

    private async Task<(Thumbnails? Made, string? Lacking)> DecodeAsync(int film, CancellationToken cancellationToken)
    {
        var record = map.Films[film];
        if (record?.Info is not { } info || sources.Decoder is not { } decoder)
        {
            return (null, "ffmpeg is not here");
        }

        if (info.Duration > sources.Longest)
        {
            return (null, "it is long");
        }

        if (record.Sources.FirstOrDefault(source => sources.Films.IsThere(source.Path)) is not { } source)
        {
            return (null, "its file is gone");
        }

        try
        {
            using var open = await sources.Films.OpenAsync(source.Path, cancellationToken).ConfigureAwait(false);
            if (
                !FilmAddress.IsAddress(source.Path)
                && await ContentId.ComputeAsync(open.Path, cancellationToken).ConfigureAwait(false) != record.Id
            )
            {
                return (null, "its file was changed since it was indexed");
            }

            return await ThumbnailDecoder.DecodeAsync(decoder, open.Path, info, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or AtlasException)
        {
            return (null, $"it cannot be read ({error.Message.TrimEnd('.')})");
        }
    }

    private async Task<Thumbnails> StoredAsync(int film, CancellationToken cancellationToken)
    {
        var (first, count) = _frames.Value[film];
        var extension = map.Collection.Settings.Frames == FrameFormat.Jpeg ? ".jpgs" : ".npy";
        var grey = new byte[count * Thumbnails.Size];
        for (var frame = 0; frame < count; )
        {
            var segment = map[first + frame].SegmentNumber;
            var name = map.Collection.Names.Frames(map.FilmIds[film], segment, extension);
            var stream =
                await map.Collection.Artifacts.OpenAsync(name, cancellationToken).ConfigureAwait(false)
                ?? throw new NotFoundException(
                    $"The frames of '{map.NameOf(film)}' were removed since map {map.Info.Version} was made; make a map without them: "
                        + $"atlas place -c {map.Collection.Settings.Name}"
                );
            var file = await FrameFile.OpenAsync(stream, codec, cancellationToken).ConfigureAwait(false);
            await using (file.ConfigureAwait(false))
            {
                for (; frame < count && map[first + frame].SegmentNumber == segment; frame++)
                {
                    var image = await file.ReadAsync(map[first + frame].IndexInSegment, cancellationToken).ConfigureAwait(false);
                    Thumbnails.Shrink(image, grey.AsSpan(frame * Thumbnails.Size, Thumbnails.Size));
                }
            }
        }

        return new Thumbnails(map.Times[first..(first + count)], grey);
    }

    private static (int First, int Count)[] FramesOf(AtlasMap map)
    {
        var frames = new (int First, int Count)[map.Films.Count];
        for (var i = 0; i < map.Count; i++)
        {
            ref var film = ref frames[map[i].FilmIndex];
            film = film.Count == 0 ? (i, 1) : (film.First, film.Count + 1);
        }

        return frames;
    }
}
