using OrleansAtlas.Errors;
using OrleansAtlas.Media;
using OrleansAtlas.Store;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Films;

/// <summary>The exact media types of films, for which ffprobe looks at a file once: a browser that is asked about MP4 only says that it
/// plays what turns out to be HEVC, and then plays its sound over a black picture.</summary>
internal sealed class MediaTypes(WebMapOptions options)
{
    private const int Held = 256;
    private const int MostText = 1 << 20;
    private static readonly ChildLimits Limits = new()
    {
        Life = TimeSpan.FromSeconds(30),
        Processor = TimeSpan.FromSeconds(30),
        AddressSpace = 4L << 30,
    };

    private readonly Recent<string, string?> _types = new(Held);

    /// <summary>A media type with codecs (RFC 6381); null where no browser plays it.</summary>
    public async Task<string?> OfAsync(VideoRecord film, CancellationToken cancellationToken)
    {
        if (SourceTypes.Of(film) is not { } container || film.Info is not { Kind: MediaKind.Film } info || options.Work is null)
        {
            return SourceTypes.Of(film);
        }

        return await _types.GetAsync(film.Id, () => ReadAsync(container, film, info)).WaitAsync(cancellationToken);
    }

    private async Task<string?> ReadAsync(string container, VideoRecord film, VideoInfo info)
    {
        // Read for everyone who asks, so it is not opened by the first request, which may end before.
        var (opened, _) = await IndexedFilm.OpenAsync(film, options.Work!.Films, CancellationToken.None);
        using var file = opened ?? throw new NotFoundException($"'{film.Name}' was taken away just now; try again.");

        string[] arguments =
        [
            .. FilmInput.Limits(file.Path, info),
            "-v",
            "error",
            "-show_entries",
            "stream=codec_type,codec_name,codec_tag_string,profile,level,pix_fmt:stream_disposition=attached_pic",
            "-of",
            "json",
            FilmInput.Source(file.Path),
        ];
        await using var child = ChildProcess.Start(options.Work!.Ffmpeg.Ffprobe, arguments, Limits, null, CancellationToken.None);
        var json = await child.ReadTextAsync(MostText, CancellationToken.None);
        return json is null ? null : CodecNames.TypeOf(container, json);
    }
}
