using OrleansAtlas.Imaging;

namespace OrleansAtlas.Media;

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
