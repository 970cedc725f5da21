using System.Globalization;
using OrleansAtlas.Runtime;

namespace OrleansAtlas.Media;

/// <summary>The command line that decodes a segment, and those after it for as long as it is read.</summary>
internal sealed record FfmpegCommand(
    FfmpegTools Tools,
    string Path,
    VideoInfo Info,
    DecodePlan Plan,
    int Segment,
    DecoderOptions Options,
    Reach Reach,
    int Segments = 1
)
{
    /// <summary>A clock that goes on this many seconds later, or earlier, begins again; ffmpeg's own limit for broadcasts.</summary>
    public const double LargestStep = 10;

    /// <summary>Frames that a decoder may hold back to put them in order; seeking goes that much further back.</summary>
    private const double ReorderedFrames = 16;

    // The slowest codecs take some seconds of one processor for a second of film in 8K.
    private const double ProcessorSecondsPerSecond = 30;

    public ChildLimits Limits =>
        new()
        {
            Stage = Stage.Decode,
            Silence = Options.Silence,
            AddressSpace = Options.AddressSpace,
            Processor = TimeSpan.FromSeconds(600 + (ProcessorSecondsPerSecond * Seconds)),
        };

    private double Seconds =>
        Plan.Strategy == DecodeStrategy.Linear || Reach == Reach.Start
            ? Math.Max(0, Info.Duration)
            : (Segments * Plan.SamplesPerSegment * Plan.Interval) + (16 * Lead);

    public string Name => FilmFile.NameOf(Path);

    /// <summary>What comes before this time says nothing about the segment: at least one keyframe lies between.</summary>
    public double MattersFrom => new SampleGrid(Plan, Segment).Begins - Lead;

    /// <summary>Whether a further step of <see cref="Media.Reach"/> may give what this one does not.</summary>
    public bool CanReachFurther =>
        Plan.Strategy is not (DecodeStrategy.Photo or DecodeStrategy.Linear) && Reach != Reach.Start && (SeekTo(0) is not null || Skips);

    private double Lead => (Info.KeyframeSpacing ?? 10) + (ReorderedFrames / Info.FrameRate);

    private bool Skips => Reach == Reach.Planned && Plan.Strategy is DecodeStrategy.Keyframes or DecodeStrategy.ReferenceFrames;

    /// <summary>Where to seek to so that the keyframe found is before the segment; null for the beginning of the film.</summary>
    /// <param name="attempt">From 0; each goes four times as far back.</param>
    public double? SeekTo(int attempt)
    {
        if (Plan.Strategy == DecodeStrategy.Linear || Reach == Reach.Start)
        {
            return null;
        }

        attempt += Reach == Reach.Further ? 1 : 0;
        var spacing = Info.KeyframeSpacing ?? 10;
        var margin = Math.Max(0.5, ReorderedFrames / Info.FrameRate) + (FilmFormats.IsIndexed(Info.Format) ? 0 : spacing + 0.5);
        for (var i = 0; i < attempt; i++)
        {
            margin = 4 * (margin + spacing);
        }

        var target = new SampleGrid(Plan, Segment).Begins - margin;
        return Segment > 0 && target > Info.Start ? target : null;
    }

    /// <summary>Arguments: presentation times stay as they are in the file, all cutting and scaling happens in one filter chain on one
    /// thread.</summary>
    public IEnumerable<string> Arguments(double? seekTo)
    {
        // Statistics on standard error are the sign of life while frames are skipped.
        string[] general =
        [
            "-nostdin",
            "-hide_banner",
            "-stats",
            "-stats_period",
            "5",
            "-loglevel",
            "level+info",
            "-filter_threads",
            "1",
            "-copyts",
            // What cannot be decoded is for us to judge.
            "-max_error_rate",
            "1",
        ];
        string[] decoding =
        [
            "-threads",
            Text(Options.Threads),
            "-flags:v",
            "-output_corrupt",
            "-noautorotate",
            "-max_pixels",
            Text(Prober.MostPixels),
            .. FilmFormats.OnlyFilms(Path, Info),
        ];
        string[] skipping = Skips ? ["-skip_frame:v", Plan.Strategy == DecodeStrategy.Keyframes ? "nokey" : "noref"] : [];
        string[] seeking = seekTo is { } time
            ? ["-noaccurate_seek", "-seek_timestamp", "1", "-ss", string.Create(CultureInfo.InvariantCulture, $"{time:0.000000}")]
            : [];
        string[] output =
        [
            "-map",
            $"0:{Text(Info.Stream)}",
            "-filter:v",
            Filters(),
            "-fps_mode",
            "passthrough",
            "-f",
            "rawvideo",
            "pipe:1",
        ];
        return [.. general, .. decoding, .. skipping, .. seeking, "-i", FilmFile.Input(Path), .. output];
    }

    private string Filters()
    {
        var turned = Info.Rotation is 90 or 270;
        var (width, height) = turned ? (Plan.Height, Plan.Width) : (Plan.Width, Plan.Height);
        // Bicubic widens with the reduction; the flags make it the same on every processor.
        var scale = $"scale={Text(width)}:{Text(height)}:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact";
        string[] toneMap =
            Info.Hdr && Tools.ToneMaps
                ?
                [
                    "zscale=pin=bt2020:min=bt2020nc:t=linear:npl=100",
                    "format=gbrpf32le",
                    "zscale=p=bt709",
                    "tonemap=hable:desat=0",
                    "zscale=t=bt709:m=bt709:r=tv",
                    "format=yuv444p",
                    "scale=flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact",
                ]
                : [];
        string[] turn = Info.Rotation switch
        {
            90 => ["transpose=clock"],
            180 => ["hflip", "vflip"],
            270 => ["transpose=cclock"],
            _ => [],
        };
        string[] mirror = Info.Mirrored ? ["hflip"] : [];
        return string.Join(
            ',',
            [
                .. Times(),
                $"select='{new SampleGrid(Plan, Segment).Selection(Reach == Reach.Further ? 2 + (long)(Lead / Plan.Interval) : 1)}'",
                scale,
                .. toneMap,
                "format=rgb24",
                .. mirror,
                .. turn,
                "showinfo=checksum=0",
            ]
        );
    }

    /// <summary>Frames' times where those in the file are none; see <see cref="FilmClock"/> and <see cref="FilmTimeline"/>, which does the
    /// same with packets.</summary>
    private string[] Times()
    {
        var frame = string.Create(CultureInfo.InvariantCulture, $"(1/({Info.FrameRate:R}*TB))");
        return Info.Clock switch
        {
            FilmClock.Counted when Info.Kind == MediaKind.Photo => ["setpts=0"],
            FilmClock.Counted => [$"setpts='round(N*{frame})'"],
            FilmClock.Continued =>
            [
                $"setpts='if(eq(N,0),PTS,PREV_OUTPTS+if(gt(PTS,PREV_INPTS)*lte((PTS-PREV_INPTS)*TB,{Text((int)LargestStep)}),"
                    + $"PTS-PREV_INPTS,round{frame}))'",
            ],
            _ => [],
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
