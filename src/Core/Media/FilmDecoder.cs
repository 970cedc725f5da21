using OrleansAtlas.Imaging;

namespace OrleansAtlas.Media;

/// <summary>Decodes segments of films by ffmpeg, and photos without it.</summary>
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
        plan.Require(segment, path);
        return new SegmentDecoding(new FfmpegCommand(tools, path, info, plan, segment, _options, reach), codec);
    }

    /// <summary>Prepares segments that are decoded one after the other.</summary>
    /// <param name="path">The film or photo.</param>
    /// <param name="info">What probing said about it.</param>
    /// <param name="plan">How it is decoded.</param>
    /// <param name="segments">How many at most.</param>
    public SegmentRun Run(string path, VideoInfo info, DecodePlan plan, int segments)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(plan);
        return new SegmentRun(new FfmpegCommand(tools, path, info, plan, 0, _options, Reach.Planned, segments), codec);
    }
}
