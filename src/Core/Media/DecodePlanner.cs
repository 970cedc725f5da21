using System.Globalization;

namespace OrleansAtlas.Media;

/// <summary>Chooses how a film is decoded. Pure: the same film and sampling, the same plan.</summary>
public static class DecodePlanner
{
    /// <summary>Longer side of a decoded frame in pixels: a fifth of the width of the films the size was found with (2,670 pixels, with a
    /// 16:9 picture).</summary>
    public const int LongSide = 534;

    /// <summary>Shorter side of a decoded frame in pixels.</summary>
    public const int ShortSide = 300;

    /// <summary>From this many frames between samples on, a frame that others refer to is near enough to any time.</summary>
    private const double FramesForReference = 8;

    private const int UsualSamples = 64;
    private const int MostSamples = 1024;

    // A week of every frame: a container that claims more is damaged, and where its frames end ends the film.
    private const int MostSamplesOfAFilm = 1 << 24;

    private static readonly HashSet<string> HaveFramesNobodyRefersTo = new(StringComparer.Ordinal)
    {
        "h264",
        "hevc",
        "mpeg1video",
        "mpeg2video",
        "mpeg4",
        "vc1",
        "wmv3",
    };

    /// <summary>The plan for a film or photo.</summary>
    /// <param name="info">What probing said.</param>
    /// <param name="sampling">How densely it is sampled.</param>
    /// <param name="times">When each frame is shown, where that is known; null for a film whose frames follow each other evenly.</param>
    /// <exception cref="ArgumentException">Not exactly one of the sampling's two numbers is given, or it is out of its range.</exception>
    public static DecodePlan Plan(VideoInfo info, Sampling sampling, IReadOnlyList<double>? times = null)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(sampling);
        var wanted = Wanted(sampling, info.FrameRate);
        var (width, height) = Fit(info.DisplayWidth, info.DisplayHeight);
        if (info.Kind == MediaKind.Photo)
        {
            return new DecodePlan
            {
                Strategy = info.Clock == FilmClock.Counted ? DecodeStrategy.Linear : DecodeStrategy.Photo,
                Reason = "A photo is a film of one frame.",
                Interval = 1,
                Start = 0,
                HalfFrame = 0.5,
                Samples = 1,
                SamplesPerSegment = 1,
                Width = width,
                Height = height,
            };
        }

        var frame = 1 / info.FrameRate;
        var interval = Math.Max(wanted, frame);
        var (strategy, reason) = Choose(info, interval);
        var plan = new DecodePlan
        {
            Strategy = strategy,
            Reason = reason,
            Interval = interval,
            Start = info.Start,
            HalfFrame = frame / 2,
            // The last frame is shown one frame before the end; half a frame is the grid's tolerance.
            Samples = (int)Math.Clamp(Math.Floor((info.Duration - (frame / 2)) / interval) + 1, 1, MostSamplesOfAFilm),
            SamplesPerSegment = SamplesPerSegment(info, interval, strategy),
            Width = width,
            Height = height,
        };
        return times is null ? plan : Uneven(plan, wanted, times);
    }

    /// <summary>Counts only cells of the grid that show a new frame, where some do not: slides, pauses, variable rates.</summary>
    private static DecodePlan Uneven(DecodePlan plan, double wanted, IReadOnlyList<double> times)
    {
        var grid = new SampleGrid(plan, 0);
        if (times.Select(grid.Cell).Distinct().Count() >= plan.Samples - 1)
        {
            return plan;
        }

        var uneven = plan with { Interval = wanted, HalfFrame = Math.Min(plan.HalfFrame, wanted / 2) };
        grid = new SampleGrid(uneven, 0);
        var cells = times.Select(grid.Cell).Distinct().ToArray();
        return uneven with { Samples = cells.Length, FirstCells = [.. cells.Where((_, at) => at % plan.SamplesPerSegment == 0)] };
    }

    /// <summary>The largest size inside 534x300 (upright pictures: 300x534) that keeps the shape, even in both directions and never larger
    /// than the source.</summary>
    internal static (int Width, int Height) Fit(int width, int height)
    {
        var (mostWide, mostHigh) = width >= height ? (LongSide, ShortSide) : (ShortSide, LongSide);
        var scale = Math.Min(1, Math.Min(mostWide / (double)width, mostHigh / (double)height));
        return (Even(width * scale, width), Even(height * scale, height));
    }

    private static int Even(double size, int most)
    {
        var even = 2 * (int)Math.Round(size / 2, MidpointRounding.AwayFromZero);
        return Math.Max(2, even > most ? even - 2 : even);
    }

    private static double Wanted(Sampling sampling, double frameRate) =>
        sampling switch
        {
            { Keep: > 0 and <= 1 and var keep, FramesPerSecond: null } => 1 / (keep * frameRate),
            { Keep: null, FramesPerSecond: > 0 and < double.PositiveInfinity and var rate } => 1 / rate,
            _ => throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"keep {sampling.Keep} and frames a second {sampling.FramesPerSecond} do not make a sampling; give either a "
                        + $"share above 0 and at most 1, or a rate above 0."
                ),
                nameof(sampling)
            ),
        };

    private static (DecodeStrategy Strategy, string Reason) Choose(VideoInfo info, double interval)
    {
        var frames = interval * info.FrameRate;
        return info.Clock != FilmClock.Stored
                ? (
                    DecodeStrategy.Linear,
                    info.Clock == FilmClock.Counted
                        ? "The film has no times: its frames are counted."
                        : "The film's clock begins again or jumps: its times go on where it was joined."
                )
            : info.KeyframeSpacing is { } spacing && spacing <= interval
                ? (
                    DecodeStrategy.Keyframes,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Keyframes are at most {spacing:0.###} s apart, samples {interval:0.###} s."
                    )
                )
            : frames >= FramesForReference && HaveFramesNobodyRefersTo.Contains(info.Codec)
                ? (
                    DecodeStrategy.ReferenceFrames,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"A sample every {frames:0.#} frames is always near a frame that others refer to; the other frames are not decoded."
                    )
                )
            : (
                DecodeStrategy.Forward,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A sample every {frames:0.#} frames of {info.Codec} needs every frame between keyframes."
                )
            );
    }

    /// <summary>Seconds of work: 64 samples, fewer where that is more than a minute of 1080p film at 30 frames a second, or as much
    /// work at another size; but at least twice the keyframe spacing, for every segment first decodes half of that in vain.</summary>
    private static int SamplesPerSegment(VideoInfo info, double interval, DecodeStrategy strategy)
    {
        if (strategy == DecodeStrategy.Linear)
        {
            return MostSamples;
        }

        var pixelRate = (double)info.Width * info.Height * info.FrameRate;
        var minute = strategy == DecodeStrategy.Keyframes ? 600 : Math.Clamp(60 * (1920 * 1080 * 30.0) / pixelRate, 15, 120);
        var usual = Math.Clamp(Math.Floor(minute / interval), 1, UsualSamples);
        var worthTheSeek = Math.Min(Math.Ceiling(2 * (info.KeyframeSpacing ?? 10) / interval), MostSamples);
        return (int)Math.Max(usual, worthTheSeek);
    }
}
