using System.Text.Json;

namespace OrleansAtlas.Media;

/// <summary>Turns what ffprobe says into what the pipeline needs to know. Pure: the same text, the same answer.</summary>
public static class FfprobeParser
{
    /// <summary>Judges one file by ffprobe's JSON.</summary>
    /// <param name="json">Output of <c>-of json -show_error -show_format -show_streams -show_entries packet=stream_index,pts_time,dts_time,flags -read_intervals %+20</c>.</param>
    /// <param name="name">The file's name: it begins the sentences, and its extension decides whether nonsense is ignored or failed.</param>
    /// <param name="diagnostics">What ffprobe wrote on standard error.</param>
    /// <param name="later">The packets of further stretches of the film in the same form; null for none.</param>
    public static ProbeResult Parse(string json, string name, string diagnostics = "", string? later = null)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            using var more = JsonDocument.Parse(later ?? "{}");
            return Judge(document.RootElement, more.RootElement, name, diagnostics);
        }
        catch (JsonException)
        {
            return new ProbeResult.Failed($"{name} cannot be looked at: ffprobe was cut short{Tail(diagnostics)}.");
        }
    }

    /// <summary>The file's duration in seconds as the container claims it; null where it does not.</summary>
    internal static double? ClaimedDuration(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return FindStream(root) is { } stream ? Duration(root.Inner("format"), stream, Start(root.Inner("format"), stream)) : null;
    }

    private static ProbeResult Judge(JsonElement root, JsonElement later, string name, string diagnostics)
    {
        var format = root.Inner("format");
        var formatName = format.Text("format_name") ?? "";
        if (root.TryGetProperty("error", out var error) || formatName.Length == 0)
        {
            return FilmFormats.IsNamedLikeFilm(name)
                ? new ProbeResult.Failed($"{name} is named like a film but cannot be opened as one: {Cause(diagnostics, error)}.")
                : new ProbeResult.Ignored($"{name} is neither a film nor a photo.");
        }

        var stream = FindStream(root);
        if (!FilmFormats.IsFilm(formatName))
        {
            return stream is null && HasSound(root) ? new ProbeResult.Ignored($"{name} is sound only.")
                : FilmFormats.IsNamedLikeFilm(name) ? new ProbeResult.Failed($"{name} is named like a film but holds something else (ffprobe takes it for {formatName}).")
                : new ProbeResult.Ignored($"{name} is neither a film nor a photo (ffprobe takes it for {formatName}).");
        }

        if (stream is null)
        {
            return HasSound(root) ? new ProbeResult.Ignored($"{name} is sound only.") : new ProbeResult.Ignored($"{name} has no moving picture in it.");
        }

        return Describe(root, later, format, stream.Value, name, diagnostics);
    }

    private static ProbeResult Describe(JsonElement root, JsonElement later, JsonElement format, JsonElement stream, string name, string diagnostics)
    {
        var (width, height) = ((int)(stream.Number("width") ?? 0), (int)(stream.Number("height") ?? 0));
        var codec = stream.Text("codec_name") ?? "unknown";
        if (width < 1 || height < 1 || codec == "unknown")
        {
            return new ProbeResult.Failed($"{name} has a picture stream that cannot be decoded (codec {stream.Text("codec_tag_string")}, {width}x{height}){Tail(diagnostics)}.");
        }

        var index = (int)(stream.Number("index") ?? 0);
        var first = PacketTimes.Of(index, stream.Quotient("time_base") ?? 0, root);
        var packets = PacketTimes.Of(index, stream.Quotient("time_base") ?? 0, root, later);
        if (packets.Count == 0)
        {
            return new ProbeResult.Failed($"{name} gives no time for any of its frames{Tail(diagnostics)}; wrap it again: ffmpeg -fflags +genpts -i FILE -c copy NEW.mkv.");
        }

        // What was seen whole counts more than what the container says; without a claim the prober lists everything.
        var claimed = Duration(format, stream, Start(format, stream));
        var seenWhole = claimed is null || (claimed < ProbeWindow - 1 && first.Last - first.First < ProbeWindow - 1 && diagnostics.Length == 0);
        var rate = Rate(stream, seenWhole ? packets : first);
        var duration = seenWhole ? packets.Last - packets.First + (1 / rate) : claimed!.Value;
        var matrix = DisplayMatrix.Of(stream);
        var turned = matrix.Clockwise is 90 or 270;
        var aspect = stream.Quotient("sample_aspect_ratio") ?? 1;
        var shown = Math.Max(1, (int)Math.Round(width * aspect));
        return new ProbeResult.Found(new VideoInfo
        {
            Kind = MediaKind.Film,
            Format = format.Text("format_name")!,
            Codec = codec,
            Stream = index,
            Width = width,
            Height = height,
            DisplayWidth = turned ? height : shown,
            DisplayHeight = turned ? shown : height,
            Rotation = matrix.Clockwise,
            Mirrored = matrix.Mirrored,
            SampleAspect = aspect,
            Duration = duration,
            Start = packets.First,
            FrameRate = rate,
            VariableFrameRate = packets.Uneven,
            Frames = seenWhole ? packets.Count : (long)(stream.Number("nb_frames") ?? Math.Max(1, Math.Round(duration * rate))),
            KeyframeSpacing = packets.KeyframeSpacing,
            Hdr = stream.Text("color_transfer") is "smpte2084" or "arib-std-b67",
            Created = format.Inner("tags").Text("creation_time"),
        });
    }

    /// <summary>Seconds at the film's beginning whose packets are listed.</summary>
    internal const int ProbeWindow = 20;

    private static double Rate(JsonElement stream, PacketTimes packets)
    {
        var said = stream.Quotient("avg_frame_rate");
        var seen = packets.MeanGap > 0 ? 1 / packets.MeanGap : double.NaN;

        // Containers with a frame count mean it; the others guess, and guess wrong where the rate varies.
        var counted = stream.Number("nb_frames") > 0;
        return said is not null && (counted || double.IsNaN(seen) || Math.Abs(seen - said.Value) < 0.02 * said.Value) ? said.Value
            : double.IsNaN(seen) ? stream.Quotient("r_frame_rate") ?? 25
            : seen;
    }

    private static double Start(JsonElement format, JsonElement stream) => stream.Number("start_time") ?? format.Number("start_time") ?? 0;

    private static double? Duration(JsonElement format, JsonElement stream, double start)
    {
        // Matroska counts to the end from time 0, not from the first frame.
        var fromZero = (format.Text("format_name") ?? "").Contains("matroska", StringComparison.Ordinal) ? Math.Max(0, start) : 0;
        var seconds = stream.Number("duration") ?? (stream.Inner("tags").Clock("DURATION") ?? format.Number("duration")) - fromZero;
        return seconds > 0 ? seconds : null;
    }

    private static JsonElement? FindStream(JsonElement root)
    {
        foreach (var stream in Streams(root))
        {
            if (stream.Text("codec_type") == "video" && stream.Inner("disposition").Number("attached_pic") is not 1)
            {
                return stream;
            }
        }

        return null;
    }

    private static bool HasSound(JsonElement root) => Streams(root).Any(stream => stream.Text("codec_type") == "audio");

    private static IEnumerable<JsonElement> Streams(JsonElement root) =>
        root.Inner("streams") is { ValueKind: JsonValueKind.Array } streams ? streams.EnumerateArray() : [];

    private static string Tail(string diagnostics) => Message(diagnostics) is { } message ? $" ({message})" : "";

    private static string Cause(string diagnostics, JsonElement error)
    {
        var message = Message(diagnostics) ?? error.Text("string") ?? "ffprobe gives no reason";
        return message.Contains("moov atom not found", StringComparison.Ordinal) ? "its index is missing (moov atom not found), so it was cut off while it was written or copied, or it is no film at all" : message;
    }

    /// <summary>The first line, without the part of ffmpeg it comes from and without the path.</summary>
    private static string? Message(string diagnostics)
    {
        var line = diagnostics.Split('\n', 2)[0];
        var text = line.StartsWith('[') ? line[(line.IndexOf(']', StringComparison.Ordinal) + 1)..] : line[(line.LastIndexOf(": ", StringComparison.Ordinal) + 1)..];
        return text.Trim(' ', ':', '.') is { Length: > 0 } message ? message : null;
    }
}
