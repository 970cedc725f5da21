using OrleansAtlas.Maps;
using OrleansAtlas.Store;

namespace OrleansAtlas.Search.Clips;

/// <summary>Clips one after another as an edit list of OpenTimelineIO (schemas Timeline.1, Track.1, Clip.1, ExternalReference.1).</summary>
public static class OtioWriter
{
    /// <summary>The document as UTF-8.</summary>
    /// <param name="title">Name of the timeline.</param>
    /// <param name="map">Knows the films' files.</param>
    /// <param name="clips">Clips of films of the map, in order.</param>
    public static ReadOnlyMemory<byte> ToJson(string title, AtlasMap map, IReadOnlyList<Clip> clips)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(clips);
        return StoreJson.ToBytes(
            new Dictionary<string, object?>
            {
                ["OTIO_SCHEMA"] = "Timeline.1",
                ["name"] = title,
                ["global_start_time"] = null,
                ["metadata"] = new { },
                ["tracks"] = Named(
                    "Stack.1",
                    "tracks",
                    new()
                    {
                        ["children"] = new[]
                        {
                            Named("Track.1", "clips", new() { ["kind"] = "Video", ["children"] = clips.Select(clip => ClipOf(map, clip)) }),
                        },
                    }
                ),
            }
        );
    }

    private static Dictionary<string, object?> ClipOf(AtlasMap map, Clip clip)
    {
        var film = map.Films[clip.Film]!;
        var rate = film.Info is { FrameRate: > 0 } info ? info.FrameRate : 25;
        var (first, end) = (film.Info?.Start ?? 0, (film.Info?.Start ?? 0) + Math.Max(1 / rate, film.Info?.Duration ?? 0));

        // The last frame is shown until the next sample.
        var step = clip.Count > 1 ? (clip.End - clip.Start) / (clip.Count - 1) : 1 / rate;
        var last = Math.Max(clip.Start + (1 / rate), Math.Min(end, clip.End + step));
        return Named(
            "Clip.1",
            clip.Name,
            new()
            {
                ["source_range"] = Range(clip.Start, last, rate),
                ["media_reference"] = Named(
                    "ExternalReference.1",
                    Path.GetFileName(clip.Name),
                    new()
                    {
                        ["target_url"] = film.Sources.Count > 0 ? new Uri(film.Sources[0].Path).AbsoluteUri : film.Id,
                        ["available_range"] = Range(first, end, rate),
                    }
                ),
            }
        );
    }

    private static Dictionary<string, object?> Named(string schema, string name, Dictionary<string, object?> more) =>
        new(more)
        {
            ["OTIO_SCHEMA"] = schema,
            ["name"] = name,
            ["metadata"] = new { },
            ["effects"] = Array.Empty<object>(),
            ["markers"] = Array.Empty<object>(),
        };

    private static Dictionary<string, object> Range(double from, double to, double rate) =>
        new()
        {
            ["OTIO_SCHEMA"] = "TimeRange.1",
            ["start_time"] = Time(from, rate),
            ["duration"] = Time(to - from, rate),
        };

    private static Dictionary<string, object> Time(double seconds, double rate) =>
        new()
        {
            ["OTIO_SCHEMA"] = "RationalTime.1",
            ["rate"] = rate,
            ["value"] = Math.Round(seconds * rate),
        };
}
