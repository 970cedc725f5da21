using System.Globalization;
using System.Text.Json;

namespace OrleansAtlas.Web.Films;

/// <summary>Names of codecs as browsers know them (RFC 6381), made from what ffprobe says about a file's streams.</summary>
internal static class CodecNames
{
    private static readonly JsonSerializerOptions Naming = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The media type with the codecs of the picture and of all sound; null where one has no name.</summary>
    /// <param name="container">The media type without them.</param>
    /// <param name="json">ffprobe's answer about streams.</param>
    public static string? TypeOf(string container, string json)
    {
        var streams = JsonSerializer.Deserialize<Answer>(json, Naming)?.Streams ?? [];
        var picture = streams.FirstOrDefault(stream => stream.CodecType == "video" && stream.Disposition?.AttachedPic != 1);
        var sound = streams.Where(stream => stream.CodecType == "audio");
        string?[] names = [.. new[] { picture }.OfType<Stream>().Select(PictureName), .. sound.Select(SoundName)];
        return picture is null || names.Contains(null) ? null : $"{container}; codecs=\"{string.Join(", ", names.Distinct())}\"";
    }

    private static string? PictureName(Stream stream)
    {
        var level = stream.Level ?? 0;
        return stream.CodecName switch
        {
            "h264" => string.Create(CultureInfo.InvariantCulture, $"avc1.{H264Profile(stream.Profile)}{level:X2}"),
            "hevc" => string.Create(
                CultureInfo.InvariantCulture,
                $"{(stream.CodecTagString == "hev1" ? "hev1" : "hvc1")}.{HevcProfile(stream.Profile)}.L{level}.B0"
            ),
            "vp9" => string.Create(
                CultureInfo.InvariantCulture,
                $"vp09.{Digit(stream.Profile):00}.{(level > 0 ? level : 50):00}.{Depth(stream):00}"
            ),
            "av1" => string.Create(
                CultureInfo.InvariantCulture,
                $"av01.{(stream.Profile == "High" ? 1 : stream.Profile == "Professional" ? 2 : 0)}.{level:00}M.{Depth(stream):00}"
            ),
            "vp8" or "theora" => stream.CodecName,
            _ => null,
        };
    }

    private static string? SoundName(Stream stream) =>
        stream.CodecName switch
        {
            "aac" => "mp4a.40.2",
            "mp3" => "mp4a.40.34",
            "ac3" => "ac-3",
            "eac3" => "ec-3",
            "opus" or "vorbis" or "flac" => stream.CodecName,
            _ => null,
        };

    /// <summary>profile_idc and the constraints, in hexadecimal digits.</summary>
    private static string H264Profile(string? profile) =>
        profile switch
        {
            "Constrained Baseline" => "42E0",
            "Baseline" => "4200",
            "Main" => "4D00",
            "High 10" or "High 10 Intra" => "6E00",
            "High 4:2:2" or "High 4:2:2 Intra" => "7A00",
            "High 4:4:4 Predictive" or "High 4:4:4 Intra" => "F400",
            _ => "6400",
        };

    /// <summary>general_profile_idc and the profiles it is compatible with.</summary>
    private static string HevcProfile(string? profile) =>
        profile switch
        {
            "Main" => "1.6",
            "Main 10" => "2.4",
            _ => "4.10",
        };

    private static int Digit(string? profile) => profile is [.., >= '0' and <= '9' and var digit] ? digit - '0' : 0;

    private static int Depth(Stream stream) =>
        stream.PixFmt?.Contains("12", StringComparison.Ordinal) == true && stream.PixFmt != "nv12" ? 12
        : stream.PixFmt?.Contains("10", StringComparison.Ordinal) == true ? 10
        : 8;

    private sealed record Answer(IReadOnlyList<Stream>? Streams);

    private sealed record Stream(
        string? CodecType,
        string? CodecName,
        string? CodecTagString,
        string? Profile,
        int? Level,
        string? PixFmt,
        Disposition? Disposition
    );

    private sealed record Disposition(int AttachedPic);
}
