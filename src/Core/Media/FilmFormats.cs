namespace OrleansAtlas.Media;

/// <summary>Which demuxers and file extensions mean a film. ffprobe alone finds something in nearly every file, text included.</summary>
internal static class FilmFormats
{
    // csharpier-ignore
    private static readonly HashSet<string> Demuxers = new(StringComparer.Ordinal)
    {
        "mov", "mp4", "m4a", "3gp", "3g2", "mj2", "matroska", "webm", "avi", "mpegts", "mpeg", "mpegvideo", "h264", "hevc", "m4v", "flv",
        "live_flv", "asf", "asf_o", "ogg", "rm", "nut", "mxf", "gxf", "wtv", "dv", "ivf", "obu", "vc1", "yuv4mpegpipe", "gif", "nsv", "nuv",
        "roq", "bink", "smk", "flic", "amv",
    };

    // csharpier-ignore
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4", ".m4v", ".mov", ".qt", ".mkv", ".webm", ".avi", ".ts", ".m2ts", ".mts", ".mpg", ".mpeg", ".vob", ".m2v", ".wmv", ".asf",
        ".flv", ".f4v", ".ogv", ".3gp", ".3g2", ".mxf", ".gxf", ".dv", ".rm", ".rmvb", ".divx", ".ivf", ".nut", ".y4m", ".gif",
    };

    /// <summary>Demuxers that find a keyframe in an index; the others land anywhere and wait for the next one.</summary>
    private static readonly HashSet<string> Indexed = new(StringComparer.Ordinal) { "mov", "matroska", "avi", "nut", "mxf", "gif" };

    /// <summary>ffprobe's format_name lists a demuxer's names with commas between.</summary>
    public static bool IsFilm(string formatName) => formatName.Split(',').Any(Demuxers.Contains);

    /// <summary>True where seeking lands on the keyframe before the time asked for.</summary>
    public static bool IsIndexed(string formatName) => formatName.Split(',').Any(Indexed.Contains);

    /// <summary>True for a name such as clip.mp4.</summary>
    public static bool IsNamedLikeFilm(string name) => Extensions.Contains(Path.GetExtension(name));
}
