using OrleansAtlas.Imaging;

namespace OrleansAtlas.Media;

// Why: docs/decisions/decoding.md
/// <summary>How a segment's decoding ended.</summary>
public abstract record DecodeOutcome
{
    private DecodeOutcome() { }

    /// <summary>Decoding went well to the segment's end.</summary>
    public sealed record Complete : DecodeOutcome;

    /// <summary>The frames that were given may be wrong, or are fewer than wanted: forget them and take the next <see cref="Reach"/>. One
    /// sentence that says why.</summary>
    public sealed record Doubtful(string Reason) : DecodeOutcome;

    /// <summary>What could be decoded was given.</summary>
    /// <param name="Reason">What the decoder said is wrong with the film.</param>
    /// <param name="After">Seconds of the last frame that it gave before; null where there was none.</param>
    public sealed record Damaged(string Reason, double? After) : DecodeOutcome;

    /// <summary>Decoding was stopped or could not be done here; one sentence that says why.</summary>
    public sealed record Failed(string Reason) : DecodeOutcome;
}

/// <summary>What decoding may use.</summary>
public sealed record DecoderOptions
{
    /// <summary>Decoder threads of one ffmpeg process; the frames are the same for any number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Longest silence of ffmpeg before it is stopped.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Address space of one ffmpeg process in bytes. Measured with one thread: 0.5 GiB for 1080p (66 MB resident), 0.7 GiB for 4K
    /// HEVC (243 MB).</summary>
    public long AddressSpace { get; init; } = 4L << 30;
}

/// <summary>Decodes segments of films, one ffmpeg process each, and photos, without any.</summary>
/// <param name="tools">Where ffmpeg is.</param>
/// <param name="codec">Reads photos.</param>
/// <param name="options">What decoding may use.</param>
public sealed class FilmDecoder(FfmpegTools tools, IImageCodec codec, DecoderOptions? options = null)
{
    private readonly DecoderOptions _options = options ?? new DecoderOptions();

    /// <summary>Prepares a segment; nothing starts before its frames are asked for.</summary>
    /// <param name="path">The film or photo.</param>
    /// <param name="info">What probing said about it.</param>
    /// <param name="plan">How it is decoded; see <see cref="DecodePlan"/> for which frames are a segment's samples.</param>
    /// <param name="segment">0 to <see cref="DecodePlan.Segments"/> - 1.</param>
    /// <param name="reach">Where ffmpeg begins; the next one after <see cref="DecodeOutcome.Doubtful"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The film has no such segment.</exception>
    public SegmentDecoding Decode(string path, VideoInfo info, DecodePlan plan, int segment, Reach reach = Reach.Planned)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(plan);
        if (segment < 0 || segment >= plan.Segments)
        {
            throw new ArgumentOutOfRangeException(
                nameof(segment),
                segment,
                $"{FilmFile.NameOf(path)} has the segments 0 to {plan.Segments - 1}; there is no {segment}."
            );
        }

        return new SegmentDecoding(new FfmpegCommand(tools, path, info, plan, segment, _options, reach), codec);
    }
}
