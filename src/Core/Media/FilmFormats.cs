namespace OrleansAtlas.Media;

/// <summary>Which demuxers and file extensions mean a film. ffprobe alone finds something in nearly every file, text included.</summary>
internal static class FilmFormats
{
    // csharpier-ignore
    private static readonly HashSet<string> Demuxers = new(StringComparer.Ordinal)
    {
        "mov", "mp4", "m4a", "3gp", "3g2", "mj2", "matroska", "webm", "avi", "mpegts", "mpeg", "mpegvideo", "h264", "hevc", "m4v", "flv",
        "live_flv", "asf", "asf_o", "ogg", "rm", "nut", "mxf", "gxf", "wtv", "dv", "ivf", "obu", "av1", "vc1", "yuv4mpegpipe", "gif", "nsv",
        "nuv",        "roq", "bink", "smk", "flic", "amv", "mjpeg",
    };

    /// <summary>Streams of pictures without a container: no times in them.</summary>
    private static readonly HashSet<string> Raw = new(StringComparer.Ordinal) { "h264", "hevc", "m4v", "mpegvideo", "vc1", "mjpeg" };

    // csharpier-ignore
    private static readonly string[] Sound =
    [
        "mp3", "wav", "w64", "aiff", "flac", "aac", "ac3", "eac3", "dts", "dtshd", "truehd", "amr", "ape", "au", "caf", "tta", "wv", "mpc",
        "mpc8", "dsf", "aa", "voc", "xwma", "oma", "tak", "shn", "loas", "qcp", "sbc", "spdif", "adx",
    ];

    /// <summary>Single pictures that ffmpeg reads.</summary>
    private static readonly string[] Pictures = ["bmp_pipe", "psd_pipe"];

    // csharpier-ignore
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4", ".m4v", ".mov", ".qt", ".mkv", ".webm", ".avi", ".ts", ".m2ts", ".mts", ".mpg", ".mpeg", ".vob", ".m2v", ".wmv", ".asf",
        ".flv", ".f4v", ".ogv", ".3gp", ".3g2", ".mxf", ".gxf", ".dv", ".rm", ".rmvb", ".divx", ".ivf", ".nut", ".y4m", ".gif",
        ".h264", ".264", ".avc", ".h265", ".hevc", ".265", ".mjpeg", ".mjpg", ".m1v", ".vc1", ".obu",
    };

    /// <summary>Demuxers that find a keyframe in an index; the others land anywhere and wait for the next one.</summary>
    private static readonly HashSet<string> Indexed = new(StringComparer.Ordinal) { "mov", "matroska", "avi", "nut", "mxf", "gif" };

    /// <summary>ffprobe's format_name lists a demuxer's names with commas between.</summary>
    public static bool IsFilm(string formatName) => formatName.Split(',').Any(Demuxers.Contains);

    /// <summary>True where seeking lands on the keyframe before the time asked for.</summary>
    public static bool IsIndexed(string formatName) => formatName.Split(',').Any(Indexed.Contains);

    /// <summary>True for a name such as clip.mp4.</summary>
    public static bool IsNamedLikeFilm(string name) => Extensions.Contains(Path.GetExtension(name));

    /// <summary>True where a file lists its frames one by one, so that its word on their number is worth something.</summary>
    public static bool CountsFrames(string formatName) => formatName.Split(',').Any(name => name is "mov" or "avi");

    /// <summary>True where the clock of a format begins again wherever somebody joined two recordings.</summary>
    public static bool IsBroadcast(string formatName) => formatName is "mpegts" or "mpeg" or "wtv";

    /// <summary>True for a stream of pictures that has no times in it.</summary>
    public static bool IsRaw(string formatName) => Raw.Contains(formatName);

    /// <summary>What ffmpeg and ffprobe may open: the file that is named, as one of the formats this program knows. Playlists and their
    /// like, which lead to other files or to the network, are none.</summary>
    /// <param name="path">Where it is read: see <see cref="FilmFile"/>.</param>
    /// <param name="film">What is known of it; null before it is.</param>
    public static string[] OnlyFilms(string path, VideoInfo? film = null)
    {
        string[] only = [.. FilmFile.Protocols(path), "-format_whitelist", string.Join(',', [.. Demuxers, .. Sound, .. Pictures])];
        return film is { Clock: FilmClock.Counted } ? [.. only, "-f", film.Format] : only;
    }
}
