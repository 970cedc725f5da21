namespace OrleansAtlas.Media;

/// <summary>When each frame of a film is shown, from all of its packets.</summary>
internal sealed record FilmTimeline
{
    private const double BackwardsAtLeast = 0.1;
    private const double Uneven = 1.5;
    private const double Pause = 5;
    private const double LongestHole = 60;

    private FilmTimeline(double[] times, FilmClock clock, double gap) => (Times, Clock, Gap) = (times, clock, gap);

    /// <summary>Seconds, ascending; each as ffmpeg's filters compute it from the ticks.</summary>
    public IReadOnlyList<double> Times { get; }

    /// <summary>Whether the times stand so in the file.</summary>
    public FilmClock Clock { get; }

    /// <summary>Median time between neighbours in seconds; NaN where there are fewer than two frames.</summary>
    public double Gap { get; }

    /// <summary>Shortest time between neighbours in seconds; NaN where there are fewer than two frames.</summary>
    public double ShortestGap { get; private init; }

    /// <summary>Whether frames follow each other at one rate, without a pause.</summary>
    public bool Even { get; private init; }

    /// <summary>Longest time from one keyframe to the next in seconds, a part's tail included; 0 where all are keyframes, null where none
    /// is.</summary>
    public double? KeyframeSpacing { get; private init; }

    /// <summary>Seconds of the first keyframe: a recording that begins between two shows nothing before; null without one.</summary>
    public double? FirstKey { get; private init; }

    /// <summary>Packets in the file, also those without a frame.</summary>
    public int Packets { get; init; }

    /// <summary>Whether ffprobe complained while it listed them.</summary>
    public bool Complained { get; init; }

    /// <summary>Seconds from the first frame to the end of the last.</summary>
    public double Duration => Times[^1] - Times[0] + (double.IsNaN(Gap) ? 0 : Gap);

    /// <summary>What is said about a film, put right where its packets say otherwise.</summary>
    /// <param name="info">What its container claims.</param>
    /// <param name="counted">Whether it counts its frames one by one: those that are not there were cut off.</param>
    /// <param name="most">Frames that its file can hold.</param>
    public VideoInfo Correct(VideoInfo info, bool counted, double most)
    {
        var cut = (counted || Complained) && Math.Max(info.Frames, info.Duration * info.FrameRate) <= most;
        var frame = 1 / info.FrameRate;
        var rate = 1 / MeanGap();
        var rateHolds = !(Math.Abs(rate - info.FrameRate) > 0.02 * rate);
        var endsEarly = Duration < info.Duration - Math.Max(1, 2 * frame) && !cut;
        var endsLate = Duration > info.Duration + Math.Max(1, 2 * frame);
        return info with
        {
            Clock = Clock,
            Start = Clock == FilmClock.Stored && rateHolds ? info.Start : Times[0],
            Duration =
                endsEarly || endsLate || Clock != FilmClock.Stored ? Duration
                : cut && counted && Packets < (0.98 * info.Frames) - 2 ? Math.Max(info.Duration, info.Frames * frame)
                : info.Duration,
            FrameRate = rateHolds ? info.FrameRate : rate,
            VariableFrameRate = info.VariableFrameRate || !Even,
            Frames = endsEarly || endsLate || Clock != FilmClock.Stored ? Times.Count : info.Frames,
            KeyframeSpacing = endsEarly || endsLate || Clock != FilmClock.Stored || !rateHolds ? KeyframeSpacing : info.KeyframeSpacing,
        };
    }

    /// <summary>Times in which something was lost, in a film that is damaged: long for its rate, short for a pause.</summary>
    public IEnumerable<(double From, double To)> Holes() =>
        Times.Zip(Times.Skip(1)).Where(pair => pair.Second - pair.First is var gap && gap > Math.Max(1, Pause * Gap) && gap < LongestHole);

    // Pauses do not make a film slower.
    private double MeanGap() =>
        Times.Zip(Times.Skip(1), (a, b) => b - a).Where(gap => gap > 0 && gap <= Pause * Gap).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Puts packets in the order their frames are shown. A clock that begins again goes on instead.</summary>
    /// <param name="packets">In the order of the file.</param>
    /// <param name="tick">Length of a tick in seconds, as a quotient.</param>
    /// <param name="broadcast">Whether a long step forward is no pause but another clock.</param>
    /// <returns>Null where no packet has a time.</returns>
    public static FilmTimeline? Of(IReadOnlyList<FilmPacket> packets, (long Num, long Den) tick, bool broadcast)
    {
        var length = tick.Num / (double)tick.Den;
        var parts = Parts(packets, length, broadcast);
        if (parts.Count == 0)
        {
            return null;
        }

        // Without a time of its own a frame is shown when it is decoded, later by what a decoder holds back: for all frames, or for none.
        var shown = packets.Count(packet => packet.Shown is null) * 10L < packets.Count;
        var ticks = parts.ConvertAll(part => Ordered(part, shown));
        var gaps = ticks.SelectMany(part => part.Zip(part.Skip(1), (a, b) => b - a)).Order().ToArray();
        var gap = gaps.Length == 0 ? double.NaN : gaps[gaps.Length / 2] * length;
        var times = Join(ticks, length, gap);
        return new FilmTimeline(times, parts.Count > 1 ? FilmClock.Continued : FilmClock.Stored, gap)
        {
            ShortestGap = gaps.Length == 0 ? double.NaN : gaps[0] * length,
            Even = gaps.Length > 0 && (gaps[^1] * length) <= (Uneven * gap) + (2.1 * length),
            KeyframeSpacing = Spacing(parts, length),
            FirstKey = parts[0].Where(packet => packet.Key).Select(packet => (packet.Shown ?? packet.Decoded) * length).FirstOrDefault(),
        };
    }

    private static List<List<FilmPacket>> Parts(IReadOnlyList<FilmPacket> packets, double length, bool broadcast)
    {
        // Times of decoding ascend; without them those of keyframes do.
        var decoded = packets.Count(packet => packet.Decoded is not null) * 2 > packets.Count;
        var parts = new List<List<FilmPacket>>();
        long? before = null;
        foreach (var packet in packets.Where(packet => (packet.Decoded ?? packet.Shown) is not null))
        {
            var now =
                decoded ? packet.Decoded
                : packet.Key ? packet.Shown
                : null;
            var step = (now - before) * length ?? 0;
            if (parts.Count == 0 || step < -BackwardsAtLeast || (broadcast && step > FfmpegCommand.LargestStep))
            {
                parts.Add([]);
            }

            parts[^1].Add(packet);
            before = now ?? before;
        }

        return parts;
    }

    private static long[] Ordered(List<FilmPacket> part, bool shown)
    {
        var delay =
            shown ? 0
            : part.Min(packet => packet.Shown ?? long.MaxValue) is < long.MaxValue and var first ? first - part.Min(Decoded)
            : 0;
        return [.. part.Select(packet => shown ? packet.Shown ?? packet.Decoded!.Value : Decoded(packet) + delay).Distinct().Order()];

        static long Decoded(FilmPacket packet) => packet.Decoded ?? packet.Shown!.Value;
    }

    private static double[] Join(List<long[]> parts, double length, double gap)
    {
        var times = new List<double>();
        var (origin, previous) = (0L, 0L);
        foreach (var part in parts)
        {
            // ffmpeg counts in ticks as well: see FfmpegCommand.
            origin = times.Count == 0 ? 0 : previous + (long)Math.Round((double.IsNaN(gap) ? 0.04 : gap) / length) - part[0];
            times.AddRange(part.Select(tick => (tick + origin) * length));
            previous = part[^1] + origin;
        }

        return [.. times];
    }

    private static double? Spacing(List<List<FilmPacket>> parts, double length)
    {
        if (parts.TrueForAll(part => part.TrueForAll(packet => packet.Key)))
        {
            return 0;
        }

        var spacings = parts
            .Where(part => part.Exists(packet => packet.Key))
            .Select(part =>
            {
                var keys = part.Where((packet, at) => packet.Key || at == part.Count - 1)
                    .Select(p => p.Shown ?? p.Decoded!.Value)
                    .Order()
                    .ToArray();
                return keys.Zip(keys.Skip(1), (a, b) => (b - a) * length).DefaultIfEmpty(0).Max();
            })
            .ToArray();
        return spacings.Length > 0 ? spacings.Max() : null;
    }
}
