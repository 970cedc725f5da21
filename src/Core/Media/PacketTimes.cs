using FFMpegCore;

namespace OrleansAtlas.Media;

/// <summary>What the packets of one stream tell: real frame spacing, keyframes, and the ends of what was looked at.</summary>
/// <remarks>A probe looks at several stretches of a film; a jump of more than <see cref="Jump"/> seconds begins a new one.</remarks>
internal sealed class PacketTimes
{
    private const double Jump = 5;
    private readonly SortedDictionary<double, bool> _keys = [];

    private PacketTimes() { }

    /// <summary>Packets with a time.</summary>
    public int Count => _keys.Count;

    /// <summary>First presentation time; NaN without packets.</summary>
    public double First => Count == 0 ? double.NaN : _keys.Keys.First();

    /// <summary>Last presentation time; NaN without packets.</summary>
    public double Last => Count == 0 ? double.NaN : _keys.Keys.Last();

    /// <summary>Median time between neighbouring frames in seconds; NaN where there are fewer than two.</summary>
    public double Gap { get; private set; } = double.NaN;

    /// <summary>Mean time between neighbouring frames in seconds; NaN where there are fewer than two.</summary>
    public double MeanGap { get; private set; } = double.NaN;

    /// <summary>True where more than 1% of the gaps differ from the median by a quarter and by more than two ticks.</summary>
    public bool Uneven { get; private set; }

    /// <summary>Longest time without a new keyframe in seconds, a stretch's tail included; 0 where all are keyframes; null without a
    /// keyframe.</summary>
    public double? KeyframeSpacing { get; private set; }

    /// <summary>Collects the packets of a stream, those the decoder throws away left out.</summary>
    public static PacketTimes Of(int stream, double tick, IEnumerable<FFProbePacket> packets)
    {
        var times = new PacketTimes();
        foreach (
            var packet in packets.Where(packet => packet.StreamIndex == stream && !packet.Flags.Contains('D', StringComparison.Ordinal))
        )
        {
            if ((packet.PtsTime.Number() ?? packet.DtsTime.Number()) is { } time)
            {
                times._keys[time] = packet.Flags.Contains('K', StringComparison.Ordinal);
            }
        }

        times.Measure(tick);
        return times;
    }

    /// <summary>Whether a packet is shown between two times.</summary>
    public bool Any(double from, double to) => _keys.Keys.Any(time => time >= from && time <= to);

    private void Measure(double tick)
    {
        var stretches = Stretches();
        var gaps = stretches.SelectMany(stretch => stretch.Zip(stretch.Skip(1), (a, b) => b.Time - a.Time)).Order().ToArray();
        if (gaps.Length > 0)
        {
            Gap = gaps[gaps.Length / 2];
            MeanGap = gaps.Average();
            Uneven = gaps.Count(gap => Math.Abs(gap - Gap) > Math.Max(Gap / 4, 2.1 * tick)) > gaps.Length / 100;
        }

        var spacings = stretches.Where(s => s.Exists(p => p.Key)).Select(Spacing).ToArray();
        KeyframeSpacing = spacings.Length > 0 ? spacings.Max() : null;
    }

    private List<List<(double Time, bool Key)>> Stretches()
    {
        var stretches = new List<List<(double Time, bool Key)>>();
        foreach (var (time, key) in _keys)
        {
            if (stretches.Count == 0 || time - stretches[^1][^1].Time > Jump)
            {
                stretches.Add([]);
            }

            stretches[^1].Add((time, key));
        }

        return stretches;
    }

    private static double Spacing(List<(double Time, bool Key)> stretch)
    {
        if (stretch.TrueForAll(p => p.Key))
        {
            return 0;
        }

        var keys = stretch.Where(p => p.Key).Select(p => p.Time).Append(stretch[^1].Time).ToArray();
        return keys.Zip(keys.Skip(1), (a, b) => b - a).DefaultIfEmpty(0).Max();
    }
}
