using System.Text.Json.Serialization;

namespace OrleansAtlas.Store;

/// <summary>Frames of one segment that go into a part: every <see cref="Step"/>th from <see cref="First"/>.</summary>
internal sealed record FrameSlice(string VideoId, int Segment, int First, int Step, int Count)
{
    /// <summary>As in <see cref="SegmentFrames"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Noted { get; init; }
}

/// <summary>A fixed run of frames whose statistics are made together, wherever. Its name is made from its frames.</summary>
/// <param name="Slices">In the order of the frame set.</param>
internal sealed record StatisticsPart(IReadOnlyList<FrameSlice> Slices)
{
    /// <summary>Frames in a part.</summary>
    public const int FramesPerPart = 16_384;

    /// <summary>Name of the artifact.</summary>
    public string Name =>
        ArtifactNames.Version(Slices.Select(s => $"{s.VideoId} {s.Segment} {s.First} {s.Step} {s.Count}{(s.Noted ? "~" : "")}"));

    /// <summary>Frames in this part.</summary>
    public int Count => Slices.Sum(slice => slice.Count);

    /// <summary>Cuts frames into parts, taking an evenly spread share of them where there are more than a limit.</summary>
    /// <param name="frames">All frames.</param>
    /// <param name="limit">Most frames to take, at least 1.</param>
    public static IReadOnlyList<StatisticsPart> Cut(FrameSet frames, long limit)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var step = (int)(((frames.Count - 1) / limit) + 1);
        var parts = new List<StatisticsPart>();
        var slices = new List<FrameSlice>();
        var (taken, skip) = (0, 0);
        foreach (var (id, segment) in frames.Films.SelectMany(film => film.Segments.Select(segment => (film.Id, segment))))
        {
            var first = skip;
            while (first < segment.Count)
            {
                var count = Math.Min((segment.Count - first + step - 1) / step, FramesPerPart - taken);
                slices.Add(new FrameSlice(id, segment.Segment, first, step, count) { Noted = segment.Noted });
                first += count * step;
                taken += count;
                if (taken == FramesPerPart)
                {
                    parts.Add(new StatisticsPart([.. slices]));
                    slices.Clear();
                    taken = 0;
                }
            }

            skip = first - segment.Count;
        }

        return slices.Count > 0 ? [.. parts, new StatisticsPart([.. slices])] : parts;
    }
}
