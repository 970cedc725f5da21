using System.Globalization;
using OrleansAtlas.Imaging;
using OrleansAtlas.Runtime;

namespace OrleansAtlas.Media;

/// <summary>Finds out what a file is: a picture by its first bytes and header, text by its first bytes, anything else by ffprobe.</summary>
/// <param name="tools">Where ffprobe is.</param>
/// <param name="codec">Reads picture headers.</param>
public sealed class Prober(FfmpegTools tools, IImageCodec codec)
{
    private const int MostText = 64 << 20;

    /// <summary>Address space of one ffprobe process in bytes.</summary>
    internal const long AddressSpace = 4L << 30;

    /// <summary>Pixels at most of a film's pictures: 8192 x 8192, as all-round cameras have them.</summary>
    internal const int MostPixels = 8192 * 8192;

    private static readonly ChildLimits Limits = new()
    {
        Stage = Stage.Probe,
        Life = TimeSpan.FromMinutes(2),
        Processor = TimeSpan.FromMinutes(1),
        AddressSpace = AddressSpace,
    };

    /// <summary>Probes one file. Photos and text start no process, films one or two.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <param name="name">What sentences call it; null for the name in the path.</param>
    public async Task<ProbeResult> ProbeAsync(string path, CancellationToken cancellationToken, string? name = null)
    {
        name ??= FilmFile.NameOf(path);
        try
        {
            if (!FilmFile.IsThere(path))
            {
                return new ProbeResult.Failed($"{name} cannot be read: it is no file any more.");
            }

            var head = await ReadHeadAsync(path, Math.Max(PictureSniffer.Length, TextSniffer.Length), cancellationToken)
                .ConfigureAwait(false);
            var format = await IsMotionJpegAsync(path, head, cancellationToken).ConfigureAwait(false) ? MotionJpeg.Format : null;
            return Named(name, await ProbeAsync(path, name, head, format, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ProbeResult.Failed($"{name} cannot be read: {e.Message}");
        }
    }

    private async Task<ProbeResult> ProbeAsync(
        string path,
        string name,
        byte[] head,
        string? format,
        CancellationToken cancellationToken
    ) =>
        head.Length == 0
            ? FilmFormats.IsNamedLikeFilm(name)
                ? new ProbeResult.Failed($"{name} is named like a film but is empty.")
                : new ProbeResult.Ignored($"{name} is empty.")
            : format is null && PictureSniffer.Kind(head) is { } kind
                ? ProbePhoto(path, name, kind)
                : PictureSniffer.FfmpegFormat(head) is { } picture
                    ? await ProbePictureAsync(path, name, picture, cancellationToken).ConfigureAwait(false)
                    : !FilmFormats.IsNamedLikeFilm(name) && TextSniffer.IsText(head)
                        ? new ProbeResult.Ignored($"{name} is neither a film nor a photo, but text.")
                        : await ProbeFilmAsync(path, name, format, cancellationToken).ConfigureAwait(false);

    /// <summary>A picture that nobody can read is named; other files are not.</summary>
    private static ProbeResult Named(string name, ProbeResult result) =>
        result is ProbeResult.Ignored && PictureSniffer.IsNamedLikePicture(name)
            ? new ProbeResult.Failed($"{name} is named like a picture but is of no kind that can be read here; save it as JPEG or PNG.")
            : result;

    /// <summary>A picture that ffmpeg reads: in its own process, as a film of one frame.</summary>
    private async Task<ProbeResult> ProbePictureAsync(string path, string name, string format, CancellationToken cancellationToken)
    {
        var (json, exit) = await RunAsync(path, ["-f", format, "-show_entries", "stream=codec_name,width,height"], cancellationToken)
            .ConfigureAwait(false);
        var stream = json is null ? null : FfprobeParser.FirstStream(json);
        return stream is { Width: > 0 and var width, Height: > 0 and var height }
            ? new ProbeResult.Found(
                new VideoInfo
                {
                    Kind = MediaKind.Photo,
                    Clock = FilmClock.Counted,
                    Format = format,
                    Codec = stream.CodecName ?? format,
                    Stream = stream.Index,
                    Width = width,
                    Height = height,
                    DisplayWidth = width,
                    DisplayHeight = height,
                    Duration = 0,
                    FrameRate = 0,
                    Frames = 1,
                    KeyframeSpacing = 0,
                }
            )
            : new ProbeResult.Failed(
                $"{name} begins as a picture does but cannot be read as one ({exit?.Stopped ?? "ffprobe finds no size"})."
            );
    }

    private ProbeResult ProbePhoto(string path, string name, string kind)
    {
        if (codec.ReadHeader(path) is not { } header)
        {
            if (kind == "camera raw" || PictureSniffer.IsRawName(name))
            {
                return new ProbeResult.Failed(
                    $"{name} is a camera's raw file without a picture in it that can be read; save what you developed from it as JPEG."
                );
            }

            return new ProbeResult.Failed($"{name} begins as a {kind} picture does but cannot be read as one by {codec.Version}.");
        }

        var turned = header.Orientation >= 5;
        return new ProbeResult.Found(
            new VideoInfo
            {
                Kind = MediaKind.Photo,
                Format = header.Format,
                Codec = header.Format,
                Width = turned ? header.Height : header.Width,
                Height = turned ? header.Width : header.Height,
                DisplayWidth = header.Width,
                DisplayHeight = header.Height,
                Duration = 0,
                FrameRate = 0,
                Frames = 1,
                KeyframeSpacing = 0,
            }
        );
    }

    private async Task<ProbeResult> ProbeFilmAsync(string path, string name, string? format, CancellationToken cancellationToken)
    {
        var window = string.Create(CultureInfo.InvariantCulture, $"%+{FfprobeParser.ProbeWindow}");
        string[] forced = format is null ? [] : ["-f", format];
        var (json, exit) = await RunAsync(
                path,
                [.. forced, "-show_entries", FfprobeAnswer.Everything, "-read_intervals", window],
                cancellationToken
            )
            .ConfigureAwait(false);
        if (json is null || exit?.Stopped is not null)
        {
            return new ProbeResult.Failed($"{name} cannot be looked at: {exit?.Stopped ?? "ffprobe has too much to say about it."}");
        }

        var first = FfprobeParser.Parse(json, name, exit!.ErrorTail);
        if (first is not ProbeResult.Found found)
        {
            return
                first is ProbeResult.Failed
                && Scrambling.IsScrambled(await ReadHeadAsync(path, Scrambling.Length, cancellationToken).ConfigureAwait(false))
                ? new ProbeResult.Failed(FfprobeParser.Encrypted(name))
                : first;
        }

        if (found.Info.Clock == FilmClock.Counted)
        {
            return found;
        }

        // One look at the beginning does not tell how far keyframes are apart later, nor where a film without a duration ends.
        var claimed = FfprobeParser.ClaimedDuration(json);
        string[]? further =
            claimed is null && found.Info.Duration > FfprobeParser.ProbeWindow - 2 ? []
            : claimed > 2 * FfprobeParser.ProbeWindow ? ["-read_intervals", Later(found.Info)]
            : null;
        if (further is null)
        {
            return await Claims(path, found.Info).CheckAsync(json, null, cancellationToken).ConfigureAwait(false);
        }

        var selected = string.Create(CultureInfo.InvariantCulture, $"{found.Info.Stream}");
        var (later, end) = await RunAsync(
                path,
                ["-select_streams", selected, "-show_entries", FfprobeAnswer.Packets, .. further],
                cancellationToken
            )
            .ConfigureAwait(false);
        if (later is null || end?.Stopped is not null)
        {
            return claimed is null
                ? new ProbeResult.Failed(
                    $"{name} does not say how long it is, and it takes too long to find out; wrap it again: ffmpeg -i FILE -c copy NEW.mkv."
                )
                : found;
        }

        return FfprobeParser.Parse(json, name, exit.ErrorTail, later) is ProbeResult.Found all
            ? await Claims(path, all.Info).CheckAsync(json, later, cancellationToken).ConfigureAwait(false)
            : found;
    }

    /// <summary>Every packet's time; null where they cannot be had.</summary>
    internal Task<FilmTimeline?> TimelineAsync(string path, VideoInfo info, CancellationToken cancellationToken) =>
        PacketScan.RunAsync(tools, path, info, cancellationToken);

    private ClaimCheck Claims(string path, VideoInfo info) =>
        new(path, info, FilmFile.LengthOf(path), tools, (what, token) => RunAsync(path, what, token));

    private static string Later(VideoInfo info) =>
        string.Join(
            ',',
            ClaimCheck.Shares.Select(share =>
                string.Create(CultureInfo.InvariantCulture, $"{info.Start + (share * info.Duration):0.###}%+5")
            )
        );

    private async Task<(string? Json, ChildExit? Exit)> RunAsync(string path, string[] what, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-v",
            "error",
            "-show_error",
            "-of",
            "json=compact=1",
            .. FilmFormats.OnlyFilms(path),
            .. what,
            FilmFile.Input(path),
        ];
        var child = ChildProcess.Start(tools.Ffprobe, arguments, Limits, null, cancellationToken);
        await using (child.ConfigureAwait(false))
        {
            var json = await child.ReadTextAsync(MostText, cancellationToken).ConfigureAwait(false);
            return (json, json is null ? null : await child.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    private static async Task<bool> IsMotionJpegAsync(string path, byte[] head, CancellationToken cancellationToken) =>
        PictureSniffer.Kind(head) == "JPEG"
        && (
            Path.GetExtension(path).ToLowerInvariant() is ".mjpeg" or ".mjpg"
            || MotionJpeg.IsFilm(await ReadHeadAsync(path, MotionJpeg.Length, cancellationToken).ConfigureAwait(false))
        );

    private static async Task<byte[]> ReadHeadAsync(string path, int length, CancellationToken cancellationToken)
    {
        var head = new byte[Math.Min(length, FilmFile.LengthOf(path))];
        var file = FilmFile.Open(path);
        await using (file.ConfigureAwait(false))
        {
            return head[
                ..await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false)
            ];
        }
    }
}
