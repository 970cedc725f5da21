using System.Globalization;

namespace OrleansAtlas.Media;

/// <summary>The cells of the sampling grid that one segment covers, and the same arithmetic as an expression of ffmpeg's select
/// filter.</summary>
internal readonly struct SampleGrid(DecodePlan plan, int segment)
{
    private readonly double _origin = plan.Start - plan.HalfFrame;
    private readonly double _interval = plan.Interval;

    /// <summary>First sample of the segment.</summary>
    public long First { get; } = (long)segment * plan.SamplesPerSegment;

    /// <summary>First sample after it; the last segment goes on to the film's end, however wrong the container is about it.</summary>
    public long End { get; } = segment == plan.Segments - 1 ? long.MaxValue : (segment + 1L) * plan.SamplesPerSegment;

    /// <summary>Where the first sample may be shown, in seconds.</summary>
    public double Begins => _origin + (First * _interval);

    /// <summary>The sample a frame is a candidate for; frames before the start belong to the first.</summary>
    public long Cell(FrameTime time) => Math.Max(0, (long)Math.Floor((time.Filter - _origin) / _interval));

    /// <summary>Selects the first frame that comes (it shows where seeking landed) and then the first frame of each cell from the segment's
    /// first on.</summary>
    public string Selection
    {
        get
        {
            var cell = string.Create(CultureInfo.InvariantCulture, $"-({_origin:R}))/{_interval:R})");
            return string.Create(
                CultureInfo.InvariantCulture,
                $"if(eq(n,0),1,gt(floor((t{cell},max({Math.Max(0, First - 1)},floor((prev_selected_t{cell})))"
            );
        }
    }
}
