using System.Globalization;

namespace OrleansAtlas.Media;

/// <summary>The cells of the sampling grid that one segment covers, and the same arithmetic as an expression of ffmpeg's select
/// filter.</summary>
internal readonly struct SampleGrid(DecodePlan plan, int segment)
{
    private readonly double _origin = plan.Start - plan.HalfFrame;
    private readonly double _interval = plan.Interval;

    /// <summary>First sample of the segment.</summary>
    public long First { get; } = FirstCell(plan, segment);

    /// <summary>First sample after it; the last segment goes on to the film's end, however wrong the container is about it.</summary>
    public long End { get; } = segment == plan.Segments - 1 ? long.MaxValue : FirstCell(plan, segment + 1);

    /// <summary>Samples the segment should have.</summary>
    public int Expected { get; } = Math.Min(plan.SamplesPerSegment, plan.Samples - (segment * plan.SamplesPerSegment));

    /// <summary>Where the first sample may be shown, in seconds.</summary>
    public double Begins => _origin + (First * _interval);

    /// <summary>The sample a frame is a candidate for; frames before the start belong to the first.</summary>
    public long Cell(FrameTime time) => Cell(time.Filter);

    /// <summary>The same for a time as ffmpeg's filters compute it.</summary>
    public long Cell(double time) => Math.Max(0, (long)Math.Floor((time - _origin) / _interval));

    private static long FirstCell(DecodePlan plan, int segment) => plan.FirstCells?[segment] ?? (long)segment * plan.SamplesPerSegment;

    /// <summary>Selects the first frame that comes (it shows where seeking landed) and then the first frame of each cell from the segment's
    /// first on.</summary>
    /// <param name="lead">Cells before the segment that are selected too, to see where decoding has come to; 1 at least.</param>
    public string Selection(long lead)
    {
        var cell = string.Create(CultureInfo.InvariantCulture, $"-({_origin:R}))/{_interval:R})");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"if(eq(n,0),1,gt(floor((t{cell},max({Math.Max(0, First - lead)},floor((prev_selected_t{cell})))"
        );
    }
}
