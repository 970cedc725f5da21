using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansAtlas.Web.Maps;

namespace OrleansAtlas.Web.Films;

/// <summary>Chosen frames as an OpenTimelineIO timeline: frames of a film that follow each other become one clip of it.</summary>
internal static class OpenTimeline
{
    // Time codes of every film have this as a common measure; editors convert it to their own rate.
    private const double Rate = 1000;

    /// <summary>The .otio file: clips in the order of film and time on one track.</summary>
    public static byte[] Of(string name, OpenMap open, IReadOnlyList<int> frames)
    {
        var clips = new JsonArray();
        for (var first = 0; first < frames.Count; )
        {
            var last = first;
            while (
                last + 1 < frames.Count
                && frames[last + 1] == frames[last] + 1
                && open.Map[frames[last + 1]].FilmIndex == open.Map[frames[last]].FilmIndex
            )
            {
                last++;
            }

            clips.Add(Clip(open, frames[first], frames[last]));
            first = last + 1;
        }

        var track = new JsonObject
        {
            ["OTIO_SCHEMA"] = "Track.1",
            ["name"] = "Selection",
            ["kind"] = "Video",
            ["children"] = clips,
        };
        var timeline = new JsonObject
        {
            ["OTIO_SCHEMA"] = "Timeline.1",
            ["name"] = name,
            ["global_start_time"] = null,
            ["tracks"] = new JsonObject
            {
                ["OTIO_SCHEMA"] = "Stack.1",
                ["name"] = "tracks",
                ["children"] = new JsonArray(track),
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(timeline);
    }

    private static JsonObject Clip(OpenMap open, int first, int last)
    {
        var film = open.Map[first].FilmIndex;
        var (begin, end) = (open.Map.Times[first], open.Map.Times[last] + Spacing(open, film, last));
        var record = open.Map.Films[film];
        return new JsonObject
        {
            ["OTIO_SCHEMA"] = "Clip.1",
            ["name"] = open.Map.NameOf(film),
            ["source_range"] = TimeRange(begin, end - begin),
            ["media_reference"] = new JsonObject
            {
                ["OTIO_SCHEMA"] = "ExternalReference.1",
                ["target_url"] = record is { Sources: [var source, ..] } ? new Uri(source.Path).AbsoluteUri : open.Map.NameOf(film),
                ["available_range"] = record?.Info is { Duration: > 0 } info ? TimeRange(info.Start, info.Duration) : null,
            },
        };
    }

    /// <summary>Seconds a frame stands for: those to the next one of its film, or from the one before.</summary>
    private static double Spacing(OpenMap open, int film, int frame)
    {
        var frames = open.FramesOf(film);
        return frame + 1 < frames.End.Value ? open.Map.Times[frame + 1] - open.Map.Times[frame]
            : frame > frames.Start.Value ? open.Map.Times[frame] - open.Map.Times[frame - 1]
            : 1;
    }

    private static JsonObject TimeRange(double start, double duration) =>
        new()
        {
            ["OTIO_SCHEMA"] = "TimeRange.1",
            ["start_time"] = RationalTime(start),
            ["duration"] = RationalTime(duration),
        };

    private static JsonObject RationalTime(double seconds) =>
        new()
        {
            ["OTIO_SCHEMA"] = "RationalTime.1",
            ["rate"] = Rate,
            ["value"] = Math.Round(seconds * Rate),
        };
}
