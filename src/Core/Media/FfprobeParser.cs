using System.Text.Json;
using FFMpegCore;

namespace OrleansAtlas.Media;

/// <summary>Turns what ffprobe says into what the pipeline needs to know. Pure: the same text, the same answer.</summary>
internal static class FfprobeParser
{
    /// <summary>Judges one file by ffprobe's JSON.</summary>
    /// <param name="json">Its answer in JSON: the entries of <see cref="FfprobeAnswer.Everything"/>, the packets of the film's first
    /// <see cref="ProbeWindow"/> seconds, and its error.</param>
    /// <param name="name">The file's name: it begins the sentences, and its extension decides whether nonsense is ignored or
    /// failed.</param>
    /// <param name="diagnostics">What ffprobe wrote on standard error.</param>
    /// <param name="later">The packets of further stretches of the film in the same form; null for none.</param>
    public static ProbeResult Parse(string json, string name, string diagnostics = "", string? later = null)
    {
        try
        {
            var analysis = FfprobeAnswer.ReadAnalysis(json);
            return FindStream(analysis) is { } stream && Scrambling.IsTold(json, stream.CodecTagString ?? "", diagnostics)
                ? new ProbeResult.Failed(Encrypted(name))
                : Judge(
                    analysis,
                    FfprobeAnswer.ReadPackets(json),
                    later is null ? [] : FfprobeAnswer.ReadPackets(later),
                    name,
                    diagnostics
                );
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The serializer throws either, for text that is no JSON and for JSON of other types.
            return new ProbeResult.Failed($"{name} cannot be looked at: ffprobe was cut short{Tail(diagnostics)}.");
        }
    }

    /// <summary>The file's duration in seconds as the container claims it; null where it does not.</summary>
    internal static double? ClaimedDuration(string json)
    {
        var analysis = FfprobeAnswer.ReadAnalysis(json);
        return FindStream(analysis) is { } stream ? Duration(analysis.Format, stream) : null;
    }

    /// <summary>The first stream of an answer; null where there is none, or the answer breaks off.</summary>
    internal static FFProbeStream? FirstStream(string json)
    {
        try
        {
            return FfprobeAnswer.ReadAnalysis(json).Streams.FirstOrDefault();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The packets of one stream in an answer.</summary>
    internal static PacketTimes Times(string json, int stream) => PacketTimes.Of(stream, 0, FfprobeAnswer.ReadPackets(json));

    private static ProbeResult Judge(
        FFProbeAnalysis analysis,
        IReadOnlyList<FFProbePacket> first,
        IReadOnlyList<FFProbePacket> later,
        string name,
        string diagnostics
    )
    {
        var formatName = analysis.Format?.FormatName ?? "";
        if (analysis.ExtensionData.TryGetValue("error", out var error) || formatName.Length == 0)
        {
            return FilmFormats.IsNamedLikeFilm(name)
                ? new ProbeResult.Failed($"{name} is named like a film but cannot be opened as one: {Cause(diagnostics, error)}.")
                : new ProbeResult.Ignored($"{name} is neither a film nor a photo.");
        }

        var stream = FindStream(analysis);
        if (!FilmFormats.IsFilm(formatName))
        {
            return stream is null && HasSound(analysis) ? new ProbeResult.Ignored($"{name} is sound only.")
                : FilmFormats.IsNamedLikeFilm(name)
                    ? new ProbeResult.Failed($"{name} is named like a film but holds something else (ffprobe takes it for {formatName}).")
                : new ProbeResult.Ignored($"{name} is neither a film nor a photo (ffprobe takes it for {formatName}).");
        }

        if (stream is null)
        {
            return HasSound(analysis)
                ? new ProbeResult.Ignored($"{name} is sound only.")
                : new ProbeResult.Ignored($"{name} has no moving picture in it.");
        }

        return Describe(analysis.Format!, stream, first, later, name, diagnostics);
    }

    private static ProbeResult Describe(
        FFProbeFormat format,
        FFProbeStream stream,
        IReadOnlyList<FFProbePacket> first,
        IReadOnlyList<FFProbePacket> later,
        string name,
        string diagnostics
    )
    {
        var (width, height) = (stream.Width ?? 0, stream.Height ?? 0);
        var codec = stream.CodecName ?? "unknown";
        if (width < 1 || height < 1 || codec == "unknown")
        {
            return new ProbeResult.Failed(
                $"{name} has a picture stream that cannot be decoded (codec {stream.CodecTagString}, {width}x{height}){Tail(diagnostics)}."
            );
        }

        if ((long)width * height > Prober.MostPixels)
        {
            return new ProbeResult.Failed(
                $"{name} has pictures of {width} x {height} pixels, and at most {Prober.MostPixels >> 20} million are "
                    + "decoded; make it smaller."
            );
        }

        var tick = stream.Further("time_base").Quotient() ?? 0;
        var beginning = PacketTimes.Of(stream.Index, tick, first);
        var packets = PacketTimes.Of(stream.Index, tick, first.Concat(later));
        var counted = FilmFormats.IsRaw(format.FormatName) ? first.Count(packet => packet.StreamIndex == stream.Index) : 0;
        if (packets.Count == 0 && counted == 0)
        {
            return new ProbeResult.Failed(
                $"{name} gives no time for any of its frames{Tail(diagnostics)}; wrap it again: ffmpeg -fflags +genpts -i FILE -c "
                    + "copy NEW.mkv."
            );
        }

        // What was seen whole counts more than what the container says; without a claim the prober lists everything.
        var claimed = Duration(format, stream);
        var listed = stream.Further("nb_frames").Number() ?? 0;
        var cut = FilmFormats.CountsFrames(format.FormatName) && packets.Count < (0.98 * listed) - 2;
        var seenWhole =
            claimed is null
            || (!cut && claimed < ProbeWindow - 1 && beginning.Last - beginning.First < ProbeWindow - 1 && diagnostics.Length == 0);
        var rate =
            format.FormatName == "mjpeg" ? RawJpegRate
            : counted > 0 ? stream.FrameRate.Quotient() ?? 25
            : Rate(stream, seenWhole ? packets : beginning);
        var duration =
            counted > 0 ? counted / rate
            : seenWhole ? packets.Last - packets.First + (1 / rate)
            : claimed!.Value;
        var matrix = DisplayMatrix.Of(stream);
        var turned = matrix.Clockwise is 90 or 270;
        var aspect = stream.SampleAspectRatio.Quotient() ?? 1;
        var shown = Math.Max(1, (int)Math.Round(width * aspect));
        return new ProbeResult.Found(
            new VideoInfo
            {
                Kind = MediaKind.Film,
                Format = format.FormatName,
                Codec = codec,
                Stream = stream.Index,
                Width = width,
                Height = height,
                DisplayWidth = turned ? height : shown,
                DisplayHeight = turned ? shown : height,
                Rotation = matrix.Clockwise,
                Mirrored = matrix.Mirrored,
                SampleAspect = aspect,
                Duration = duration,
                Start = counted > 0 ? 0 : packets.First,
                Clock = counted > 0 ? FilmClock.Counted : FilmClock.Stored,
                FrameRate = rate,
                VariableFrameRate = counted == 0 && packets.Uneven,
                Frames =
                    counted > 0 ? counted
                    : seenWhole ? packets.Count
                    : (long)(stream.Further("nb_frames").Number() ?? Math.Max(1, Math.Round(duration * rate))),
                KeyframeSpacing = counted > 0 ? null : packets.KeyframeSpacing,
                Hdr = stream.ColorTransfer is "smpte2084" or "arib-std-b67",
                Created = format.Tags?.GetValueOrDefault("creation_time"),
            }
        );
    }

    /// <summary>Pictures a second of a stream of JPEGs, which says nothing of it: usual for cameras that write such streams.</summary>
    private const double RawJpegRate = 10;

    /// <summary>Seconds at the film's beginning whose packets are listed.</summary>
    internal const int ProbeWindow = 20;

    private static double Rate(FFProbeStream stream, PacketTimes packets)
    {
        var said = stream.AvgFrameRate.Quotient();
        var seen = packets.MeanGap > 0 ? 1 / packets.MeanGap : double.NaN;

        // Containers with a frame count mean it; the others guess, and guess wrong where the rate varies.
        var counted = stream.Further("nb_frames").Number() > 0;
        return said is not null && (counted || double.IsNaN(seen) || Math.Abs(seen - said.Value) < 0.02 * said.Value) ? said.Value
            : double.IsNaN(seen) ? stream.FrameRate.Quotient() ?? 25
            : seen;
    }

    private static double? Duration(FFProbeFormat? format, FFProbeStream stream)
    {
        // Matroska counts to the end from time 0, not from the first frame.
        var fromZero =
            format?.FormatName.Contains("matroska", StringComparison.Ordinal) == true
                ? Math.Max(0, stream.StartTime.Number() ?? format?.StartTime.Number() ?? 0)
                : 0;
        var seconds =
            stream.Duration.Number() ?? (stream.Tags?.GetValueOrDefault("DURATION").Clock() ?? format?.Duration.Number()) - fromZero;
        return seconds > 0 ? seconds : null;
    }

    /// <summary>The film among the pictures of a file: not a cover or preview; then what the file itself prefers, then the longest, then
    /// the largest.</summary>
    private static FFProbeStream? FindStream(FFProbeAnalysis analysis)
    {
        var moving = analysis
            .Streams.Where(stream => stream.CodecType == "video" && !Is(stream, "attached_pic") && !Is(stream, "timed_thumbnails"))
            .ToList();

        // A cover that does not say so is one picture beside a film.
        var longer = moving.Where(stream => stream.Further("nb_frames").Number() != 1).ToList();
        return (longer.Count > 0 ? longer : moving)
            .OrderByDescending(stream => Is(stream, "default"))
            .ThenByDescending(stream => Duration(analysis.Format, stream))
            .ThenByDescending(stream => (long)(stream.Width ?? 0) * (stream.Height ?? 0))
            .FirstOrDefault();

        static bool Is(FFProbeStream stream, string disposition) => stream.Disposition?.GetValueOrDefault(disposition) == 1;
    }

    /// <summary>What is said of an encrypted film.</summary>
    internal static string Encrypted(string name) => $"{name} is encrypted, so that its pictures cannot be read; index a copy that is not.";

    private static bool HasSound(FFProbeAnalysis analysis) => analysis.Streams.Any(stream => stream.CodecType == "audio");

    private static string Tail(string diagnostics) => Message(diagnostics) is { } message ? $" ({message})" : "";

    private static string Cause(string diagnostics, JsonElement error)
    {
        var message =
            Message(diagnostics)
            ?? (
                error.ValueKind == JsonValueKind.Object && error.TryGetProperty("string", out var said)
                    ? said.ToString()
                    : "ffprobe gives no reason"
            );
        return message.Contains("not on whitelist", StringComparison.Ordinal)
                ? "it is a list, a script, a still picture or sound, or nothing known"
            : message.Contains("moov atom not found", StringComparison.Ordinal)
                ? "its index is missing (moov atom not found), so it was cut off while it was written or copied, or it is no film at all"
            : message;
    }

    /// <summary>The first line, without the part of ffmpeg it comes from and without the path.</summary>
    private static string? Message(string diagnostics)
    {
        var line = diagnostics.Split('\n', 2)[0];
        var text = line.StartsWith('[')
            ? line[(line.IndexOf(']', StringComparison.Ordinal) + 1)..]
            : line[(line.LastIndexOf(": ", StringComparison.Ordinal) + 1)..];
        return text.Trim(' ', ':', '.') is { Length: > 0 } message ? message : null;
    }
}
