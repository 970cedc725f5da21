using OrleansAtlas.Media;
using OrleansAtlas.Store;

namespace OrleansAtlas.Web.Films;

/// <summary>Which sources browsers may be able to show as they are.</summary>
internal static class SourceTypes
{
    private static readonly HashSet<string> Mp4Codecs = ["h264", "av1", "vp9", "hevc"];
    private static readonly HashSet<string> WebmCodecs = ["vp8", "vp9", "av1"];
    private static readonly HashSet<string> Photos = ["jpeg", "png", "webp", "gif"];

    /// <summary>The media type of a film's file; null for what no browser shows.</summary>
    public static string? Of(VideoRecord film) =>
        film.Info switch
        {
            null => null,
            { Kind: MediaKind.Photo } info => Photos.Contains(info.Format) ? $"image/{info.Format}" : null,
            var info when info.Format.Contains("mp4", StringComparison.Ordinal) && Mp4Codecs.Contains(info.Codec) => "video/mp4",
            var info when info.Format.Contains("webm", StringComparison.Ordinal) && WebmCodecs.Contains(info.Codec) => "video/webm",
            var info when info.Format == "ogg" && info.Codec == "theora" => "video/ogg",
            _ => null,
        };
}
