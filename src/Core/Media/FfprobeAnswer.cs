using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using FFMpegCore;

namespace OrleansAtlas.Media;

/// <summary>What ffprobe is asked for, its answer in the types of FFMpegCore, and the texts in it that are numbers.</summary>
/// <remarks><c>FFProbe.FromJson</c> goes further and turns every text into a value: it cuts times off after the millisecond, and
/// throws for a bit rate or tag that nobody asked for.</remarks>
internal static class FfprobeAnswer
{
    /// <summary>Entries of packets.</summary>
    public const string Packets = "packet=stream_index,pts_time,dts_time,flags";

    /// <summary>Entries of the file, its streams and its packets: only what is used, since a film must not fail for a value that the types
    /// cannot hold.</summary>
    public const string Everything =
        "format=format_name,start_time,duration:format_tags=creation_time"
        + ":stream=index,codec_type,codec_name,codec_tag_string,width,height,sample_aspect_ratio,color_transfer"
        + ",time_base,start_time,duration,avg_frame_rate,r_frame_rate,nb_frames"
        + ":stream_disposition=attached_pic,default,timed_thumbnails:stream_tags=rotate,DURATION:stream_side_data=displaymatrix,rotation"
        + ":packet_side_data=side_data_type:"
        + Packets;

    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowReadingFromString };

    /// <summary>Reads the file and its streams.</summary>
    /// <exception cref="JsonException">The answer breaks off.</exception>
    public static FFProbeAnalysis ReadAnalysis(string json)
    {
        var analysis = JsonSerializer.Deserialize<FFProbeAnalysis>(json, Options);
        return
            analysis is { Streams: { } streams }
            && streams.All(stream => stream is not null)
            && (analysis.Format is null or { FormatName: not null })
            ? analysis
            : throw new JsonException("A part of the answer is not there.");
    }

    /// <summary>Reads the packets; none where the answer has none.</summary>
    /// <exception cref="JsonException">The answer breaks off.</exception>
    public static IReadOnlyList<FFProbePacket> ReadPackets(string json) =>
        JsonSerializer.Deserialize<FFProbePackets>(json, Options)?.Packets?.Where(packet => packet is { Flags: not null }).ToList() ?? [];

    /// <summary>An entry that the type has no property for; empty where it is not there.</summary>
    public static string Further(this FFProbeStream stream, string name) => stream.ExtensionData.GetValueOrDefault(name).ToString();

    public static double? Number(this string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A quotient such as 30000/1001 or 64:45; null where it is not there or has no value (0/0).</summary>
    public static double? Quotient(this string? text) =>
        text?.Split('/', ':') is [var above, var below] && above.Number() is > 0 and var a && below.Number() is > 0 and var b
            ? a / b
            : null;

    /// <summary>Matroska's DURATION tag, e.g. 00:00:30.003000000, in seconds.</summary>
    public static double? Clock(this string? text) =>
        text?.Split(':') is [var hours, var minutes, var seconds]
            ? (hours.Number() * 3600) + (minutes.Number() * 60) + seconds.Number()
            : null;
}
